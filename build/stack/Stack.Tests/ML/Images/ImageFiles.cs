namespace Stack.Tests.ML.Images;

/// <summary>Small pictures and files, written byte by byte from the formats' specifications.</summary>
internal static class ImageFiles
{
    /// <summary>Red, green above blue, white; three bytes a pixel, rows from below.</summary>
    public static byte[] Bmp { get; } =
    [
        (byte)'B', (byte)'M', 70, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0,
        40, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 24, 0, 0, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        255, 0, 0, 255, 255, 255, 0, 0,
        0, 0, 255, 0, 255, 0, 0, 0,
    ];

    /// <summary>Two pixels, (10, 20, 30) and (40, 50, 60): the LZW codes are clear, 0, 1, end, of three bits each.</summary>
    public static byte[] Gif { get; } =
    [
        .. "GIF89a"u8, 2, 0, 1, 0, 0x80, 0, 0, 10, 20, 30, 40, 50, 60,
        0x2C, 0, 0, 0, 0, 2, 0, 1, 0, 0, 2, 2, 0b01_000_100, 0b0000_101_0, 0, 0x3B,
    ];

    /// <summary>An opaque picture of slow changes, four bytes a pixel.</summary>
    public static byte[] Gradient(int width, int height) =>
        [.. from y in Enumerable.Range(0, height)
            from x in Enumerable.Range(0, width)
            from value in new[] { x * 255 / width, y * 255 / height, (x + y) * 255 / (width + height), 255 }
            select (byte)value];
}
