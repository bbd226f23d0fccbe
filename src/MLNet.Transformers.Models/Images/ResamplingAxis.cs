using System.Collections.Concurrent;

namespace MLNet.Transformers.Models;

/// <summary>How each position along one side of a resized image is weighed out of the source's positions, in fixed point.</summary>
internal sealed class ResamplingAxis
{
    /// <summary>Binary places of a weight: 32 less the 8 of a pixel and 2 for weights that are negative or add up to more than one.</summary>
    public const int FractionBits = 22;

    /// <summary>What every sum of weighed pixels starts from, so that its integer part is rounded.</summary>
    public const int Half = 1 << (FractionBits - 1);

    /// <summary>Bits of a weight's lower part; it and the upper part are 16-bit numbers, which vectors multiply fastest.</summary>
    public const int LowBits = 11;

    /// <summary>The number of weights of each position is a multiple of it, so that vectors read whole.</summary>
    private const int Alignment = 8;

    private const int MostCached = 64;
    private const int MostCachedWeights = 1 << 16;

    private static readonly ConcurrentDictionary<(int From, int To, ResamplingFilter Filter), ResamplingAxis> Cache = new();

    private readonly int[] starts;
    private readonly int[] counts;
    private readonly int[] weights;
    private readonly short[] lows;
    private readonly short[] highs;

    private ResamplingAxis(int from, int to, ResamplingFilter filter)
    {
        var kernel = ResamplingKernel.Of(filter);
        var scale = (double)from / to;
        var stretch = Math.Max(scale, 1);
        var support = kernel.Support * stretch;
        var exact = new double[((int)Math.Ceiling(support) * 2) + 1];
        Stride = (exact.Length + Alignment - 1) / Alignment * Alignment;
        (starts, counts, weights) = (new int[to], new int[to], new int[to * Stride]);
        for (var position = 0; position < to; position++)
        {
            var center = (position + 0.5) * scale;
            var start = Math.Max(0, (int)(center - support + 0.5));
            var count = Math.Min(from, (int)(center + support + 0.5)) - start;
            var sum = 0.0;
            for (var tap = 0; tap < count; tap++)
                sum += exact[tap] = kernel.Weight((tap + start - center + 0.5) * (1 / stretch));
            for (var tap = 0; tap < count; tap++)
                weights[(position * Stride) + tap] = Fixed(sum == 0 ? exact[tap] : exact[tap] / sum);
            (starts[position], counts[position]) = (start, count);
        }
        Taps = counts.Max();
        lows = Array.ConvertAll(weights, weight => (short)(weight & ((1 << LowBits) - 1)));
        highs = Array.ConvertAll(weights, weight => (short)(weight >> LowBits));
    }

    /// <summary>The greatest number of the source's positions that a position is weighed from.</summary>
    public int Taps { get; }

    /// <summary>Number of weights from those of one position to those of the next.</summary>
    public int Stride { get; }

    /// <summary>The first of the source's positions that each position is weighed from.</summary>
    public ReadOnlySpan<int> Starts => starts;

    /// <summary>The lower parts of the weights, <see cref="Stride"/> of each position: its own and then zeros.</summary>
    public ReadOnlySpan<short> Lows => lows;

    /// <summary>The upper parts of the weights.</summary>
    public ReadOnlySpan<short> Highs => highs;

    /// <summary>The weights of two sides and a filter, which are kept for the next call.</summary>
    public static ResamplingAxis Of(int from, int to, ResamplingFilter filter)
    {
        if (Cache.TryGetValue((from, to, filter), out var known))
            return known;
        var axis = new ResamplingAxis(from, to, filter);
        // Images of ever new sizes must not fill the memory.
        if (Cache.Count >= MostCached)
            Cache.Clear();
        if (axis.weights.Length <= MostCachedWeights)
            Cache[(from, to, filter)] = axis;
        return axis;
    }

    /// <summary>The source's positions that a position is weighed from.</summary>
    public Extent Reach(int position) => new(starts[position], counts[position]);

    /// <summary>The weights of a position's <see cref="Reach"/>.</summary>
    public ReadOnlySpan<int> Weights(int position) => weights.AsSpan(position * Stride, counts[position]);

    private static int Fixed(double weight) => (int)((weight < 0 ? -0.5 : 0.5) + (weight * (1 << FractionBits)));
}
