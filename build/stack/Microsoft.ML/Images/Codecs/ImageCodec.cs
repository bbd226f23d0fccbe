namespace Microsoft.ML.Internal;

/// <summary>Decodes PNG, JPEG, GIF and BMP, and encodes PNG and JPEG, with the distribution's libraries.</summary>
internal static class ImageCodec
{
    /// <summary>The image in a file's bytes; null where they hold none.</summary>
    public static MLImage Decode(ReadOnlySpan<byte> file) => FormatOf(file) switch
    {
        null => null,
        "jpeg" => TurboJpeg.Decode(file) ?? Pixbuf.Decode(file, "jpeg"),
        var format => Pixbuf.Decode(file, format),
    };

    public static byte[] EncodePng(MLImage image)
    {
        var bgr = image.GetBGRPixels;
        var pixels = image.Pixels;
        var opaque = true;
        for (var i = 3; i < pixels.Length && opaque; i += 4)
            opaque = pixels[i] == byte.MaxValue;
        var channels = opaque ? 3 : 4;
        var data = new byte[image.Width * image.Height * channels];
        for (var i = 0; i < image.Width * image.Height; i++)
        {
            var to = data.AsSpan(i * channels, channels);
            (to[0], to[1], to[2]) = (bgr[(i * 3) + 2], bgr[(i * 3) + 1], bgr[i * 3]);
            if (!opaque)
                to[3] = pixels[(i * 4) + 3];
        }
        return Pixbuf.EncodePng(data, image.Width, image.Height, opaque);
    }

    public static byte[] EncodeJpeg(MLImage image) =>
        TurboJpeg.Encode(image.Pixels, image.Width, image.Height, image.PixelFormat);

    /// <summary>Memory for an image of a size; null where it is none or no array can hold it.</summary>
    public static byte[] Rent(int width, int height) =>
        width > 0 && height > 0 && (long)width * height * 4 <= Array.MaxLength ? PixelMemory.Take(width * height * 4) : null;

    private static string FormatOf(ReadOnlySpan<byte> file) =>
        file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "jpeg"
        : file.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? "png"
        : file.StartsWith("GIF8"u8) ? "gif"
        : file.StartsWith("BM"u8) ? "bmp"
        : null;
}
