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
        var (source, smooth) = (image.Pixels, (byte[])image.Pixels.Clone());
        var (step, stride) = (image.Channels, image.Width * image.Channels);
        for (var row = 1; row < image.Height - 1; row++)
            for (var at = (row * stride) + step; at < ((row + 1) * stride) - step; at++)
            {
                var sum = 4 * source[at];
                for (var line = at - stride; line <= at + stride; line += stride)
                    sum += source[line - step] + source[line] + source[line + step];
                smooth[at] = (byte)(((2 * sum) + SmoothingWeights) / (2 * SmoothingWeights));
            }
        return new PixelImage(image.Width, image.Height, image.Channels, smooth);
    }

    private static PixelImage Blend(PixelImage poorer, PixelImage image, float factor)
    {
        var blended = new byte[image.Pixels.Length];
        for (var at = 0; at < blended.Length; at++)
            blended[at] = Blend(poorer.Pixels[at], image.Pixels[at], factor);
        return new PixelImage(image.Width, image.Height, image.Channels, blended);
    }

    private static byte Blend(byte poorer, byte value, float factor) => (byte)Math.Clamp(poorer + (factor * (value - poorer)), byte.MinValue, byte.MaxValue);
}
