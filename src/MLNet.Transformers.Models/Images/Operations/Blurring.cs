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
        var (rowBytes, around) = (width * channels, (reach + 1) * channels);
        // A row with its ends repeated as far as a box reaches.
        var line = new byte[rowBytes + (2 * around)];
        for (var start = 0; start < pixels.Length; start += rowBytes)
        {
            var row = pixels.AsSpan(start, rowBytes);
            for (var pass = 0; pass < Passes; pass++)
            {
                row.CopyTo(line.AsSpan(around));
                for (var at = 0; at < around; at += channels)
                {
                    row[..channels].CopyTo(line.AsSpan(at));
                    row[^channels..].CopyTo(line.AsSpan(around + rowBytes + at));
                }
                for (var channel = 0; channel < channels; channel++)
                    BlurLine(line.AsSpan(channel), reach, weight, endWeight, row[channel..], channels);
            }
        }
    }

    private static void BlurLine(ReadOnlySpan<byte> line, int reach, uint weight, uint endWeight, Span<byte> target, int step)
    {
        var sum = 0u;
        var length = ((2 * reach) + 1) * step;
        for (var at = 0; at < length; at += step)
            sum += line[at];
        for (var at = 0; at < target.Length; at += step)
        {
            sum += (uint)line[at + length] - line[at];
            var ends = (uint)line[at] + line[at + length + step];
            target[at] = (byte)(((sum * weight) + (ends * endWeight) + (1u << (FractionBits - 1))) >> FractionBits);
        }
    }

    private static byte[] Transpose(byte[] pixels, int width, int height, int channels)
    {
        var turned = new byte[pixels.Length];
        var from = 0;
        for (var row = 0; row < height; row++)
            for (var column = 0; column < width; column++)
            {
                var to = ((column * height) + row) * channels;
                for (var channel = 0; channel < channels; channel++)
                    turned[to + channel] = pixels[from++];
            }
        return turned;
    }
}
