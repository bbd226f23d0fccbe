namespace MLNet.Transformers;

/// <summary>The header of a PNG file (https://www.w3.org/TR/png-3/).</summary>
internal static class PngHeader
{
    private const int Signature = 8;

    // A chunk is its length, its name, its data and their checksum.
    private const int ChunkFrame = 12;

    public static ImageHeader Read(HeaderBytes file)
    {
        if (!file.Slice(Signature + 4, 4).SequenceEqual("IHDR"u8))
            throw file.Broken("does not start with its header");
        var (width, height) = (file.BigUInt32(Signature + 8), file.BigUInt32(Signature + 12));
        var orientation = ImageOrientation.AsStored;
        for (long at = Signature; ;)
        {
            var length = file.BigUInt32(at);
            var name = file.Slice(at + 4, 4);
            file.Slice(at, ChunkFrame + (long)length);
            if (name.SequenceEqual("IEND"u8))
                return new(file.Format, width, height, orientation);
            if (name.SequenceEqual("eXIf"u8))
                orientation = ExifOrientation.Of(file.Slice(at + 8, length));
            at += ChunkFrame + (long)length;
        }
    }
}
