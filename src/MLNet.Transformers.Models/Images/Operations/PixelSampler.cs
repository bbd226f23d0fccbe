namespace MLNet.Transformers.Models;

/// <summary>The value between pixels: of so many neighbours along each side, mixed by a function.</summary>
/// <param name="taps">Neighbours along a side.</param>
/// <param name="mix">Mixes so many values by the distance from the one before the middle.</param>
internal sealed class PixelSampler(int taps, Func<ReadOnlySpan<double>, double, double> mix)
{
    private static readonly PixelSampler Bilinear = new(2, (values, distance) => values[0] + ((values[1] - values[0]) * distance));

    // Keys' cubic with a = -1, as a polynomial of the distance.
    private static readonly PixelSampler Bicubic = new(4, (values, distance) =>
    {
        var (before, here, next, after) = (values[0], values[1], values[2], values[3]);
        var (second, third) = ((2 * (before - here)) + next - after, -before + here - next + after);
        return here + (distance * (next - before + (distance * (second + (distance * third)))));
    });

    /// <exception cref="ArgumentOutOfRangeException">The filter is neither bilinear nor bicubic.</exception>
    public static PixelSampler Of(ResamplingFilter filter) => filter switch
    {
        ResamplingFilter.Bilinear => Bilinear,
        ResamplingFilter.Bicubic => Bicubic,
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "Images are turned with the filters Nearest, Bilinear and Bicubic."),
    };

    /// <summary>The pixel at a place, counted from the middle of the first one.</summary>
    public void Sample(PixelImage image, double x, double y, Span<byte> target)
    {
        var (column, row) = ((int)Math.Floor(x), (int)Math.Floor(y));
        Span<double> across = stackalloc double[taps];
        Span<double> down = stackalloc double[taps];
        var first = (taps / 2) - 1;
        for (var channel = 0; channel < target.Length; channel++)
        {
            for (var line = 0; line < taps; line++)
            {
                var start = Math.Clamp(row - first + line, 0, image.Height - 1) * image.Width;
                for (var tap = 0; tap < taps; tap++)
                    across[tap] = image.Pixels[((start + Math.Clamp(column - first + tap, 0, image.Width - 1)) * image.Channels) + channel];
                down[line] = mix(across, x - column);
            }
            target[channel] = (byte)Math.Clamp(mix(down, y - row), byte.MinValue, byte.MaxValue);
        }
    }
}
