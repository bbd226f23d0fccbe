namespace MLNet.Transformers.Models;

/// <summary>Takes each pixel of an image from another place of it, as <see href="https://pillow.readthedocs.io/en/stable/reference/Image.html#PIL.Image.Image.transform">Pillow</see> does.</summary>
internal static class AffineTransform
{
    private const int FractionBits = 16;

    /// <summary>Turns an image counter-clockwise around its middle and keeps its size.</summary>
    public static PixelImage Rotate(PixelImage image, double degrees, ResamplingFilter filter, byte fill) => (degrees - (360 * Math.Floor(degrees / 360))) switch
    {
        0 => image,
        90 when image.Width == image.Height => Turn(image, (x, y) => (image.Width - 1 - y, x)),
        180 => Turn(image, (x, y) => (image.Width - 1 - x, image.Height - 1 - y)),
        270 when image.Width == image.Height => Turn(image, (x, y) => (y, image.Height - 1 - x)),
        var angle => Apply(image, AffineMap.Rotation(angle, image.Width, image.Height), filter, fill),
    };

    /// <summary>Takes each pixel from where a map says.</summary>
    /// <param name="image">The image.</param>
    /// <param name="map">The place in the image for each place in the result.</param>
    /// <param name="filter">Nearest, bilinear or bicubic.</param>
    /// <param name="fill">The value of every channel where the place lies outside.</param>
    /// <exception cref="ArgumentOutOfRangeException">The filter is another one.</exception>
    public static PixelImage Apply(PixelImage image, AffineMap map, ResamplingFilter filter, byte fill)
    {
        var pixels = new byte[image.Pixels.Length];
        pixels.AsSpan().Fill(fill);
        if (filter != ResamplingFilter.Nearest)
            Sample(image, map, PixelSampling.Of(filter), pixels);
        else if (map is { B: 0, D: 0 })
            PickByScale(image, map, pixels);
        else
            Pick(image, map, pixels);
        return new PixelImage(image.Width, image.Height, image.Channels, pixels);
    }

    private static PixelImage Turn(PixelImage image, Func<int, int, (int X, int Y)> place)
    {
        var pixels = new byte[image.Pixels.Length];
        for (var y = 0; y < image.Height; y++)
            for (var x = 0; x < image.Width; x++)
            {
                var (fromX, fromY) = place(x, y);
                Copy(image, fromX, fromY, pixels, x, y);
            }
        return new PixelImage(image.Width, image.Height, image.Channels, pixels);
    }

    private static void Sample(PixelImage image, AffineMap map, PixelSampler sampler, byte[] pixels)
    {
        for (var y = 0; y < image.Height; y++)
            for (var x = 0; x < image.Width; x++)
            {
                var (fromX, fromY) = (map.X(x + 0.5, y + 0.5), map.Y(x + 0.5, y + 0.5));
                if (fromX < 0 || fromX >= image.Width || fromY < 0 || fromY >= image.Height)
                    continue;
                sampler(image, fromX - 0.5, fromY - 0.5, pixels.AsSpan(((y * image.Width) + x) * image.Channels, image.Channels));
            }
    }

    // Steps are added up, in floating point without a turn and in fixed point with one: only so the same neighbours are picked.
    private static void PickByScale(PixelImage image, AffineMap map, byte[] pixels)
    {
        var fromY = map.F + (map.E * 0.5);
        for (var y = 0; y < image.Height; y++, fromY += map.E)
        {
            var fromX = map.C + (map.A * 0.5);
            for (var x = 0; x < image.Width; x++, fromX += map.A)
                if (fromX >= 0 && fromX < image.Width && fromY >= 0 && fromY < image.Height)
                    Copy(image, (int)fromX, (int)fromY, pixels, x, y);
        }
    }

    private static void Pick(PixelImage image, AffineMap map, byte[] pixels)
    {
        var (a, b, d, e) = (Fixed(map.A), Fixed(map.B), Fixed(map.D), Fixed(map.E));
        var (startX, startY) = (Fixed(map.C + (map.A * 0.5) + (map.B * 0.5)), Fixed(map.F + (map.D * 0.5) + (map.E * 0.5)));
        for (var y = 0; y < image.Height; y++)
            for (var x = 0; x < image.Width; x++)
            {
                var (fromX, fromY) = ((startX + (a * x) + (b * y)) >> FractionBits, (startY + (d * x) + (e * y)) >> FractionBits);
                if (fromX >= 0 && fromX < image.Width && fromY >= 0 && fromY < image.Height)
                    Copy(image, (int)fromX, (int)fromY, pixels, x, y);
            }
    }

    private static long Fixed(double value) => (long)Math.Floor((value * (1 << FractionBits)) + 0.5);

    private static void Copy(PixelImage image, int fromX, int fromY, byte[] pixels, int x, int y)
    {
        var (source, channels) = (image.Pixels, image.Channels);
        var (from, to) = (((fromY * image.Width) + fromX) * channels, ((y * image.Width) + x) * channels);
        for (var channel = 0; channel < channels; channel++)
            pixels[to + channel] = source[from + channel];
    }
}
