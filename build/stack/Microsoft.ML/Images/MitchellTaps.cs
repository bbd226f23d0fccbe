namespace Microsoft.ML.Internal;

/// <summary>
/// The four places of one axis that a pixel is made of, weighted by Mitchell's and Netravali's cubic with B = C = 1/3
/// (https://doi.org/10.1145/54852.378514); none where the pixel lies outside the drawn image.
/// </summary>
internal readonly struct MitchellTaps
{
    private readonly int[] _places;
    private readonly float[] _weights;

    private MitchellTaps(float center, int size)
    {
        var first = (int)MathF.Floor(center) - 1;
        _places = new int[4];
        _weights = new float[4];
        for (var i = 0; i < 4; i++)
        {
            _places[i] = Math.Clamp(first + i, 0, size - 1);
            _weights[i] = Weight(MathF.Abs(center - (first + i)));
        }
    }

    /// <summary>The taps of each pixel of an axis, where an image of a size is drawn from <paramref name="start"/> on.</summary>
    public static MitchellTaps[] Of(int count, int start, int drawn, int size) =>
        [.. Enumerable.Range(0, count).Select(i =>
            i < start || i >= start + drawn ? default : new MitchellTaps(((i - start + 0.5f) * size / drawn) - 0.5f, size))];

    public byte Sum(MitchellTaps columns, ReadOnlySpan<byte> pixels, int width, int color)
    {
        if (_places is null || columns._places is null)
            return 0;
        var sum = 0f;
        for (var y = 0; y < 4; y++)
        {
            for (var x = 0; x < 4; x++)
                sum += _weights[y] * columns._weights[x] * pixels[(((_places[y] * width) + columns._places[x]) * 4) + color];
        }
        return (byte)Math.Clamp(MathF.Round(sum), 0, 255);
    }

    private static float Weight(float x) => x switch
    {
        < 1 => ((7 * x * x * x) - (12 * x * x) + (16 / 3f)) / 6,
        < 2 => ((-7 / 3f * x * x * x) + (12 * x * x) - (20 * x) + (32 / 3f)) / 6,
        _ => 0,
    };
}
