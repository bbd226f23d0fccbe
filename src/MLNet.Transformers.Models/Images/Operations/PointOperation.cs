namespace MLNet.Transformers.Models;

/// <summary>
/// Changes that make each value of a channel another one, whatever lies around it: those of
/// <see href="https://pillow.readthedocs.io/en/stable/reference/ImageOps.html">Pillow's ImageOps</see>, to the last bit.
/// </summary>
internal static class PointOperation
{
    private const int Values = 256;

    /// <summary>The negative.</summary>
    public static PixelImage Invert(PixelImage image) => Map(image, value => (byte)(byte.MaxValue - value));

    /// <summary>The negative of every value from a threshold on.</summary>
    public static PixelImage Solarize(PixelImage image, double threshold) => Map(image, value => value < threshold ? value : (byte)(byte.MaxValue - value));

    /// <summary>Keeps so many of the highest bits of every value.</summary>
    public static PixelImage Posterize(PixelImage image, int bits) => Map(image, value => (byte)(value & ~((1 << (8 - bits)) - 1)));

    /// <summary>Stretches the values of each channel so that the least becomes 0 and the greatest 255.</summary>
    public static PixelImage AutoContrast(PixelImage image) => MapChannels(image, histogram =>
    {
        var least = Array.FindIndex(histogram, count => count > 0);
        var greatest = Array.FindLastIndex(histogram, count => count > 0);
        if (greatest == least)
            return null;
        var scale = 255.0 / (greatest - least);
        return Table(value => (byte)Math.Clamp((int)((value * scale) - (least * scale)), 0, byte.MaxValue));
    });

    /// <summary>Spreads the values of each channel so that all become about equally frequent.</summary>
    public static PixelImage Equalize(PixelImage image) => MapChannels(image, histogram =>
    {
        var step = (histogram.Sum() - histogram.Last(count => count > 0)) / byte.MaxValue;
        if (step == 0)
            return null;
        var below = step / 2;
        return Table(value =>
        {
            var equalized = (byte)Math.Min(below / step, byte.MaxValue);
            below += histogram[value];
            return equalized;
        });
    });

    /// <summary>Makes each value another one.</summary>
    public static PixelImage Map(PixelImage image, Func<byte, byte> function)
    {
        var (table, source, pixels) = (Table(function), image.Pixels, new byte[image.Pixels.Length]);
        for (var at = 0; at < pixels.Length; at++)
            pixels[at] = table[source[at]];
        return new PixelImage(image.Width, image.Height, image.Channels, pixels);
    }

    /// <summary>Makes each value of a channel another one, as the channel's histogram says; null leaves the channel as it is.</summary>
    private static PixelImage MapChannels(PixelImage image, Func<int[], byte[]?> tableOf)
    {
        var pixels = (byte[])image.Pixels.Clone();
        for (var channel = 0; channel < image.Channels; channel++)
        {
            var histogram = new int[Values];
            for (var at = channel; at < pixels.Length; at += image.Channels)
                histogram[pixels[at]]++;
            if (tableOf(histogram) is { } table)
                for (var at = channel; at < pixels.Length; at += image.Channels)
                    pixels[at] = table[pixels[at]];
        }
        return new PixelImage(image.Width, image.Height, image.Channels, pixels);
    }

    private static byte[] Table(Func<byte, byte> function)
    {
        var table = new byte[Values];
        for (var value = 0; value < Values; value++)
            table[value] = function((byte)value);
        return table;
    }
}
