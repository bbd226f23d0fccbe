namespace MLNet.Transformers;

/// <summary>What the first bytes of an image file say of it.</summary>
/// <param name="Format">The format's name, for messages.</param>
/// <param name="Width">Columns of stored pixels.</param>
/// <param name="Height">Rows of stored pixels.</param>
/// <param name="Orientation">How they are to be turned.</param>
internal readonly record struct ImageHeader(string Format, long Width, long Height, ImageOrientation Orientation)
{
    /// <summary>Reads the header of a file whose end is there; the pixels between are not looked at.</summary>
    /// <exception cref="InvalidDataException">It is none of the known formats, or truncated.</exception>
    public static ImageHeader Of(ReadOnlySpan<byte> file) => file switch
    {
        [] => throw new InvalidDataException("it is empty"),
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => PngHeader.Read(new(file, "PNG")),
        [0xFF, 0xD8, 0xFF, ..] => JpegHeader.Read(new(file, "JPEG")),
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => GifHeader.Read(new(file, "GIF")),
        [(byte)'B', (byte)'M', ..] => BmpHeader.Read(new(file, "BMP")),
        _ => throw new InvalidDataException("it is neither PNG, JPEG, GIF nor BMP"),
    };

    /// <exception cref="InvalidDataException">There are no pixels, or too many.</exception>
    public void Check(long maxPixels)
    {
        if (Width <= 0 || Height <= 0)
            throw new InvalidDataException($"the {Format} has no pixels: {Width} x {Height}");
        if (Width > maxPixels / Height)
            throw new InvalidDataException($"the {Format} has {Width} x {Height} pixels, and {maxPixels} are allowed");
    }
}
