namespace MLNet.Transformers.Models;

/// <summary>Finds the pixel at a place between pixels, which is counted from the middle of the first one; beyond the edge the edge goes on.</summary>
internal delegate void PixelSampler(PixelImage image, double x, double y, Span<byte> target);

/// <summary>The ways to find it.</summary>
internal static class PixelSampling
{
    private const int CubicTaps = 4;

    /// <exception cref="ArgumentOutOfRangeException">The filter is neither bilinear nor bicubic.</exception>
    public static PixelSampler Of(ResamplingFilter filter) => filter switch
    {
        ResamplingFilter.Bilinear => SampleBilinear,
        ResamplingFilter.Bicubic => SampleBicubic,
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "Images are turned with the filters Nearest, Bilinear and Bicubic."),
    };

    private static void SampleBilinear(PixelImage image, double x, double y, Span<byte> target)
    {
        var (column, row) = ((int)Math.Floor(x), (int)Math.Floor(y));
        var (across, down) = (x - column, y - row);
        var (left, right) = (Math.Max(column, 0), Math.Min(column + 1, image.Width - 1));
        var (above, below) = (Math.Max(row, 0) * image.Width, Math.Min(row + 1, image.Height - 1) * image.Width);
        var pixels = image.Pixels;
        for (var channel = 0; channel < target.Length; channel++)
        {
            var upper = Between(pixels[((above + left) * target.Length) + channel], pixels[((above + right) * target.Length) + channel], across);
            var lower = Between(pixels[((below + left) * target.Length) + channel], pixels[((below + right) * target.Length) + channel], across);
            target[channel] = (byte)Between(upper, lower, down);
        }
    }

    private static double Between(double first, double second, double distance) => first + ((second - first) * distance);

    private static void SampleBicubic(PixelImage image, double x, double y, Span<byte> target)
    {
        var (column, row) = ((int)Math.Floor(x), (int)Math.Floor(y));
        Span<double> across = stackalloc double[CubicTaps];
        Span<double> down = stackalloc double[CubicTaps];
        for (var channel = 0; channel < target.Length; channel++)
        {
            for (var line = 0; line < CubicTaps; line++)
            {
                var start = Math.Clamp(row - 1 + line, 0, image.Height - 1) * image.Width;
                for (var tap = 0; tap < CubicTaps; tap++)
                    across[tap] = image.Pixels[((start + Math.Clamp(column - 1 + tap, 0, image.Width - 1)) * target.Length) + channel];
                down[line] = Cubic(across, x - column);
            }
            target[channel] = (byte)Math.Clamp(Cubic(down, y - row), byte.MinValue, byte.MaxValue);
        }
    }

    // Keys' cubic with a = -1, as a polynomial of the distance from the second of four values.
    private static double Cubic(ReadOnlySpan<double> values, double distance)
    {
        var (before, here, next, after) = (values[0], values[1], values[2], values[3]);
        var (second, third) = ((2 * (before - here)) + next - after, -before + here - next + after);
        return here + (distance * (next - before + (distance * (second + (distance * third)))));
    }
}
