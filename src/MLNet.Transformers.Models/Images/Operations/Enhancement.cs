using System.Runtime.Intrinsics;

namespace MLNet.Transformers.Models;

/// <summary>
/// Mixtures of an image with a poorer one, by a factor: 0 gives the poorer one, 1 the image, more than 1 exaggerates it.
/// They are those of <see href="https://pillow.readthedocs.io/en/stable/reference/ImageEnhance.html">Pillow's ImageEnhance</see>, to the last bit.
/// </summary>
internal static class Enhancement
{
    private const int SmoothingWeights = 13;

    /// <summary>Mixes with black.</summary>
    public static PixelImage Brightness(PixelImage image, double factor) => PointOperation.Map(image, value => Blend(0, value, (float)factor));

    /// <summary>Mixes with the grey of the mean luminance.</summary>
    public static PixelImage Contrast(PixelImage image, double factor)
    {
        var gray = image.ToGray().Pixels;
        var sum = 0L;
        foreach (var value in gray)
            sum += value;
        var mean = (byte)(((double)sum / gray.Length) + 0.5);
        return PointOperation.Map(image, value => Blend(mean, value, (float)factor));
    }

    /// <summary>Mixes with the luminance; a grey image stays as it is.</summary>
    public static PixelImage Color(PixelImage image, double factor) => image.Channels == 1 ? image : Blend(image.ToGray().ToRgb(), image, (float)factor);

    /// <summary>Mixes with a smoothed image.</summary>
    public static PixelImage Sharpness(PixelImage image, double factor) => Blend(Smooth(image), image, (float)factor);

    // Five parts of a pixel and one of each of its eight neighbours; the border stays.
    private static PixelImage Smooth(PixelImage image)
    {
        var (smooth, step) = ((byte[])image.Pixels.Clone(), image.Channels);
        for (var row = 1; row < image.Height - 1; row++)
        {
            var above = image.View.Row(row - 1);
            var here = image.View.Row(row);
            var below = image.View.Row(row + 1);
            var result = smooth.AsSpan(row * here.Length, here.Length);
            for (var at = step; at < result.Length - step; at++)
            {
                var around = above[at - step] + above[at] + above[at + step] + here[at - step] + here[at + step] + below[at - step] + below[at] + below[at + step];
                result[at] = (byte)(((2 * (around + (5 * here[at]))) + SmoothingWeights) / (2 * SmoothingWeights));
            }
        }
        return new PixelImage(image.Width, image.Height, image.Channels, smooth);
    }

    private static PixelImage Blend(PixelImage poorer, PixelImage image, float factor)
    {
        var blended = new byte[image.Pixels.Length];
        var done = BlendVectors(poorer.Pixels, image.Pixels, factor, blended);
        for (var at = done; at < blended.Length; at++)
            blended[at] = Blend(poorer.Pixels[at], image.Pixels[at], factor);
        return new PixelImage(image.Width, image.Height, image.Channels, blended);
    }

    private static byte Blend(byte poorer, byte value, float factor) => (byte)Math.Clamp(poorer + (factor * (value - poorer)), byte.MinValue, byte.MaxValue);

    private static int BlendVectors(byte[] poorer, byte[] values, float factor, byte[] blended)
    {
        var at = 0;
        for (; at <= blended.Length - Vector128<byte>.Count; at += Vector128<byte>.Count)
        {
            var (poorerLow, poorerHigh) = Vector128.Widen(Vector128.Create(poorer, at));
            var (low, high) = Vector128.Widen(Vector128.Create(values, at));
            Vector128.Narrow(Blend(poorerLow, low, factor), Blend(poorerHigh, high, factor)).CopyTo(blended, at);
        }
        return at;
    }

    private static Vector128<ushort> Blend(Vector128<ushort> poorer, Vector128<ushort> values, float factor)
    {
        var (poorerLow, poorerHigh) = Vector128.Widen(poorer);
        var (low, high) = Vector128.Widen(values);
        return Vector128.Narrow(Blend(poorerLow.AsInt32(), low.AsInt32(), factor), Blend(poorerHigh.AsInt32(), high.AsInt32(), factor));
    }

    private static Vector128<uint> Blend(Vector128<int> poorer, Vector128<int> values, float factor)
    {
        var blended = Vector128.ConvertToSingle(poorer) + (Vector128.Create(factor) * Vector128.ConvertToSingle(values - poorer));
        return Vector128.ConvertToInt32(Vector128.Min(Vector128.Max(blended, Vector128<float>.Zero), Vector128.Create(255f))).AsUInt32();
    }
}
