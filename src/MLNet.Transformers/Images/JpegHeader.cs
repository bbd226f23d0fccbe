namespace MLNet.Transformers;

/// <summary>The header of a JPEG file (https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B).</summary>
internal static class JpegHeader
{
    private const byte Mark = 0xFF;
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;
    private const byte Application1 = 0xE1;

    public static ImageHeader Read(HeaderBytes file)
    {
        (long Width, long Height)? size = null;
        ImageOrientation? orientation = null;
        for (long at = 2; ;)
        {
            var marker = NextMarker(file, ref at);
            if (marker == StartOfScan)
            {
                // Within a scan every 0xFF is followed by 0 or a restart, so this is the end of the image or of one behind it.
                if (file.From(at).LastIndexOf((ReadOnlySpan<byte>)[Mark, EndOfImage]) < 0)
                    throw file.Truncated();
                var (width, height) = size ?? throw file.Broken("has no frame before its first scan");
                return new(file.Format, width, height, orientation ?? ImageOrientation.AsStored);
            }

            if (marker == EndOfImage)
                throw file.Broken("ends before its first scan");
            if (IsAlone(marker))
                continue;
            var length = file.BigUInt16(at);
            if (length < 2)
                throw file.Broken("has a segment without its length");
            var content = file.Slice(at + 2, length - 2);
            if (IsFrame(marker))
                size ??= (file.BigUInt16(at + 5), file.BigUInt16(at + 3));
            else if (marker == Application1 && content.StartsWith("Exif\0\0"u8))
                orientation ??= ExifOrientation.Of(content[6..]);
            at += length;
        }
    }

    // What stands between segments is skipped, as decoders do.
    private static byte NextMarker(HeaderBytes file, ref long at)
    {
        while (file[at] != Mark)
            at++;
        while (file[at] == Mark)
            at++;
        return file[at++];
    }

    private static bool IsAlone(byte marker) => marker is 0x00 or 0x01 or (>= 0xD0 and <= 0xD8);

    // 0xC4, 0xC8 and 0xCC are tables and an extension.
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
}
