using MLNet.Transformers.Models;

namespace MLNet.Transformers;

/// <summary>Tells the vectors of a sequence their positions.</summary>
/// <param name="Kind">How.</param>
/// <param name="Layout">Which columns go together.</param>
/// <param name="Table">A vector a position: what is added, or for rotary the cosines and sines of the angles.</param>
internal sealed record PositionalEncoding(PositionalEncodingKind Kind, SinusoidalLayout Layout, VectorTable Table)
{
    public static PositionalEncoding Of(PositionalEncodingOptions options, int? length, Func<int> seed) => options.Kind == PositionalEncodingKind.Learned
        ? new(options.Kind, options.Layout, Learned(options, length, seed))
        : Computed(options.Kind, options.Layout, options.MaxLength ?? length ?? 512, options.Size);

    /// <summary>Kinds whose table need not be kept.</summary>
    public static PositionalEncoding Computed(PositionalEncodingKind kind, SinusoidalLayout layout, int maxLength, int size)
    {
        var halves = kind == PositionalEncodingKind.Absolute ? [] : SinusoidalPositions.Table(maxLength, size, kind == PositionalEncodingKind.Rotary ? SinusoidalLayout.Halves : layout);
        return new(kind, layout, new VectorTable(kind == PositionalEncodingKind.Absolute ? Ramp(maxLength, size) : halves, size));
    }

    /// <summary>The sequence with its positions told.</summary>
    public float[] Apply(ReadOnlySpan<float> sequence)
    {
        var result = sequence.ToArray();
        for (var position = 0; position < result.Length / Table.Size; position++)
        {
            var vector = result.AsSpan(position * Table.Size, Table.Size);
            if (Kind == PositionalEncodingKind.Rotary)
                Turn(vector, Table[position]);
            else
                for (var i = 0; i < vector.Length; i++)
                    vector[i] += Table[position][i];
        }
        return result;
    }

    /// <summary>Turns each pair of columns by its angle; the table has all sines, then all cosines.</summary>
    private void Turn(Span<float> vector, ReadOnlySpan<float> angles)
    {
        var half = vector.Length / 2;
        for (var pair = 0; pair < half; pair++)
        {
            var (first, second) = Layout == SinusoidalLayout.Interleaved ? (2 * pair, 2 * pair + 1) : (pair, half + pair);
            var (x, y, sine, cosine) = (vector[first], vector[second], angles[pair], angles[half + pair]);
            vector[first] = x * cosine - y * sine;
            vector[second] = y * cosine + x * sine;
        }
    }

    private static VectorTable Learned(PositionalEncodingOptions options, int? length, Func<int> seed)
    {
        var table = options.TableFile is { } file ? VectorTable.Open(file, options.TableName!)
            : options.Table is { } values ? new VectorTable([.. values], options.Size)
            : new VectorTable(Random(options.MaxLength ?? length ?? 512, options.Size, options.Seed ?? seed()), options.Size);
        if (table.Size != options.Size)
            throw new ArgumentException($"The table '{options.TableName}' in '{options.TableFile}' has vectors of {table.Size}, not of {options.Size}.");
        if (table.Count < (options.MaxLength ?? 0))
            throw new ArgumentException($"The table has {table.Count} positions, fewer than a {nameof(options.MaxLength)} of {options.MaxLength}.");
        return table;
    }

    /// <summary>Normally distributed numbers, by the method of Box and Muller.</summary>
    private static float[] Random(int count, int size, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count * size).Select(_ =>
            (float)(0.02 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
    }

    private static float[] Ramp(int maxLength, int size) =>
        [.. Enumerable.Range(0, maxLength * size).Select(index => (float)((double)(index / size) / maxLength))];
}
