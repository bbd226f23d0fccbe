using System.Runtime.Intrinsics;
using MLNet.Transformers.Models;

namespace MLNet.Transformers;

/// <summary>From ML.NET's images to ours.</summary>
internal static class ImagePixels
{
    private const int Block = 16;

    /// <summary>
    /// Red, green and blue of each pixel. ML.NET keeps the colours of what it decodes multiplied by their alpha; this undoes it,
    /// as <see cref="MLImage.GetBGRPixels"/> does.
    /// </summary>
    /// <exception cref="InvalidOperationException">The image is disposed, or has another format of pixels.</exception>
    public static PixelImage ToPixels(this MLImage image)
    {
        var blueFirst = image.PixelFormat switch
        {
            MLPixelFormat.Bgra32 => true,
            MLPixelFormat.Rgba32 => false,
            var format => throw new InvalidOperationException($"Pixels in the format {format} cannot be read."),
        };
        var (width, height, pixels) = (image.Width, image.Height, GC.AllocateUninitializedArray<byte>(checked(image.Width * image.Height * 3)));
        Convert(image.Pixels, pixels, blueFirst);
        return new(width, height, 3, pixels);
    }

    // Four pixels at a time where they are opaque; the last ones one by one, since a block is written with four bytes to spare.
    private static void Convert(ReadOnlySpan<byte> source, Span<byte> target, bool blueFirst)
    {
        var order = blueFirst
            ? Vector128.Create((byte)2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, 255, 255, 255, 255)
            : Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 255, 255, 255, 255);
        var opaque = Vector128.Create(0xFF000000u).AsByte();
        int from = 0, to = 0;
        while (to + Block <= target.Length)
        {
            var four = Vector128.Create(source.Slice(from, Block));
            if ((four & opaque) == opaque)
                Vector128.Shuffle(four, order).CopyTo(target[to..]);
            else
                ConvertEach(source.Slice(from, Block), target[to..], blueFirst);
            (from, to) = (from + Block, to + 12);
        }
        ConvertEach(source[from..], target[to..], blueFirst);
    }

    private static void ConvertEach(ReadOnlySpan<byte> source, Span<byte> target, bool blueFirst)
    {
        var (red, blue) = blueFirst ? (2, 0) : (0, 2);
        for (int from = 0, to = 0; from < source.Length; from += 4, to += 3)
        {
            var alpha = source[from + 3];
            target[to] = Divide(source[from + red], alpha);
            target[to + 1] = Divide(source[from + 1], alpha);
            target[to + 2] = Divide(source[from + blue], alpha);
        }
    }

    // Where there is no alpha a multiplied colour is 0; one that is not was never multiplied, as in images that ML.NET makes of vectors.
    private static byte Divide(byte color, byte alpha) => alpha switch
    {
        0 or 255 => color,
        _ => (byte)Math.Min(255, ((color * 255) + (alpha / 2)) / alpha),
    };
}
