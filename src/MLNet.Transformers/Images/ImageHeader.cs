namespace MLNet.Transformers;

/// <summary>What the first bytes of an image file say of it.</summary>
/// <param name="Format">The format's name, for messages.</param>
/// <param name="Width">Columns of stored pixels.</param>
/// <param name="Height">Rows of stored pixels.</param>
/// <param name="Orientation">How they are to be turned.</param>
internal readonly record struct ImageHeader(string Format, long Width, long Height, ImageOrientation Orientation)
{
    /// <summary>How many bytes tell the formats apart.</summary>
    public const int SignatureLength = 8;

    /// <summary>The format of a file that starts so; null for none that is known.</summary>
    public static string? FormatOf(ReadOnlySpan<byte> file) => file switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "PNG",
        [0xFF, 0xD8, 0xFF, ..] => "JPEG",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => "GIF",
        [(byte)'B', (byte)'M', ..] => "BMP",
        _ => null,
    };

    /// <summary>Reads the header of a file whose end is there; the pixels between are not looked at.</summary>
    /// <exception cref="InvalidDataException">It is none of the known formats, or truncated.</exception>
    public static ImageHeader Of(ReadOnlySpan<byte> file) => FormatOf(file) switch
    {
        "PNG" => PngHeader.Read(new(file, "PNG")),
        "JPEG" => JpegHeader.Read(new(file, "JPEG")),
        "GIF" => GifHeader.Read(new(file, "GIF")),
        "BMP" => BmpHeader.Read(new(file, "BMP")),
        _ => throw new InvalidDataException(file.IsEmpty ? "it is empty" : "it is neither PNG, JPEG, GIF nor BMP"),
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
