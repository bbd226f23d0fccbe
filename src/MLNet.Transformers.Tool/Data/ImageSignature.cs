namespace MLNet.Transformers.Tool.Data;

/// <summary>The bytes that image files begin with.</summary>
internal static class ImageSignature
{
    private const int Longest = 8;

    /// <summary>Refuses a file that begins as no PNG, JPEG, GIF or BMP does.</summary>
    /// <exception cref="InputException">It is none, or cannot be read.</exception>
    public static void Check(string file)
    {
        Span<byte> bytes = stackalloc byte[Longest];
        try
        {
            using var stream = File.OpenRead(file);
            bytes = bytes[..stream.ReadAtLeast(bytes, Longest, throwOnEndOfStream: false)];
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file} cannot be read: {denied.Message}");
        }
        if (!IsImage(bytes))
            throw new InputException(bytes.Length == 0 ? $"{file} is empty." : $"{file} is no image: it does not begin as a PNG, JPEG, GIF or BMP file does.");
    }

    private static bool IsImage(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((byte[])[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        || bytes.StartsWith((byte[])[0xFF, 0xD8, 0xFF]) || bytes.StartsWith("GIF8"u8) || bytes.StartsWith("BM"u8);
}
