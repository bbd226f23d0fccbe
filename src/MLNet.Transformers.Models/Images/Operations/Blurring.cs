namespace MLNet.Transformers.Models;

/// <summary>
/// Gaussian blur by three box blurs along the rows and three along the columns, whose boxes have soft ends:
/// <see href="https://www.mia.uni-saarland.de/Publications/gwosdek-ssvm11.pdf">Gwosdek et al., 2011</see>, in fixed point as Pillow has it.
/// </summary>
internal static class Blurring
{
    private const int Passes = 3;
    private const int FractionBits = 24;

    /// <param name="image">What is blurred.</param>
    /// <param name="deviation">Standard deviation of the blur in pixels.</param>
    public static PixelImage Gaussian(PixelImage image, double deviation)
    {
        var radius = BoxRadius((float)deviation);
        var pixels = (byte[])image.Pixels.Clone();
        BlurRows(pixels, image.Width, image.Channels, radius);
        var turned = Transpose(pixels, image.Width, image.Height, image.Channels);
        BlurRows(turned, image.Height, image.Channels, radius);
        return new PixelImage(image.Width, image.Height, image.Channels, Transpose(turned, image.Height, image.Width, image.Channels));
    }

    /// <summary>Half the length of a box, without its middle, such that three of them have the variance of the Gaussian.</summary>
    private static float BoxRadius(float deviation)
    {
        var variance = deviation * deviation / Passes;
        var length = (float)Math.Sqrt((12.0 * variance) + 1.0);
        var whole = (float)Math.Floor((length - 1.0) / 2.0);
        var part = ((2 * whole) + 1) * ((whole * (whole + 1)) - (3 * variance)) / (6 * (variance - ((whole + 1) * (whole + 1))));
        return whole + part;
    }

    private static void BlurRows(byte[] pixels, int width, int channels, float radius)
    {
        var reach = (int)radius;
        var weight = (uint)((1 << FractionBits) / ((radius * 2) + 1));
        var endWeight = ((1u << FractionBits) - ((((uint)reach * 2) + 1) * weight)) / 2;
        // A row of one channel with its ends repeated as far as a box reaches.
        var line = new byte[width + (2 * (reach + 1))];
        for (var row = 0; row < pixels.Length; row += width * channels)
            for (var channel = 0; channel < channels; channel++)
                for (var pass = 0; pass < Passes; pass++)
                {
                    var values = pixels.AsSpan(row + channel, ((width - 1) * channels) + 1);
                    line.AsSpan(0, reach + 1).Fill(values[0]);
                    for (var column = 0; column < width; column++)
                        line[reach + 1 + column] = values[column * channels];
                    line.AsSpan(reach + 1 + width).Fill(values[^1]);
                    BlurLine(line, reach, weight, endWeight, values, channels);
                }
    }

    private static void BlurLine(ReadOnlySpan<byte> line, int reach, uint weight, uint endWeight, Span<byte> target, int step)
    {
        var sum = 0u;
        for (var at = 0; at < (2 * reach) + 1; at++)
            sum += line[at];
        for (var column = 0; column * step < target.Length; column++)
        {
            var last = column + (2 * reach) + 1;
            sum += (uint)line[last] - line[column];
            target[column * step] = (byte)(((sum * weight) + (((uint)line[column] + line[last + 1]) * endWeight) + (1u << (FractionBits - 1))) >> FractionBits);
        }
    }

    private static byte[] Transpose(byte[] pixels, int width, int height, int channels)
    {
        var turned = new byte[pixels.Length];
        for (var row = 0; row < height; row++)
            for (var column = 0; column < width; column++)
                for (var channel = 0; channel < channels; channel++)
                    turned[(((column * height) + row) * channels) + channel] = pixels[(((row * width) + column) * channels) + channel];
        return turned;
    }
}
