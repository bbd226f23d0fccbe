using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>
/// What a model with recurrence has seen of longer texts: for each layer, the states that entered it, of the positions before
/// those of the next call; section 3.2 of <see href="https://arxiv.org/abs/1901.02860">Transformer-XL</see>. Owns its tensors, which get no
/// gradient. Give it to one batch after another: each call reads it, then extends it.
/// </summary>
public sealed class SegmentMemory : IDisposable
{
    private readonly Dictionary<int, Tensor> states = [];
    private long rows;
    private bool padded;

    /// <param name="maxLength">Greatest number of positions to remember; the latest stay.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxLength"/> is not positive.</exception>
    public SegmentMemory(int maxLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxLength);
        MaxLength = maxLength;
    }

    /// <summary>Greatest number of positions that are remembered.</summary>
    public int MaxLength { get; }

    /// <summary>Number of positions that are remembered; 0 before the first call.</summary>
    public long Length { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in states.Values)
            tensor.Dispose();
        states.Clear();
        Length = 0;
    }

    /// <summary>Says which batch comes next.</summary>
    /// <returns>Number of positions before those of the batch.</returns>
    /// <exception cref="ArgumentException">The batch has other rows than those remembered, or does not follow on them.</exception>
    internal long Advance(TokenBatch batch)
    {
        var before = Length;
        if (before > 0 && batch.Count != rows)
            throw new ArgumentException($"A batch of {batch.Count} sequences cannot go on where one of {rows} has ended.", nameof(batch));
        if (padded)
            throw new ArgumentException("The batch before this one was padded, so its sequences do not go on here; only the last may be.", nameof(batch));
        (rows, padded) = (batch.Count, batch.Mask is not null);
        Length = Math.Min(MaxLength, before + batch.Length);
        return before;
    }

    /// <summary>The states that a layer sees, those remembered first; they are what it remembers from now on.</summary>
    /// <param name="layer">Number of the layer.</param>
    /// <param name="hidden">The states that enter it now, (batch, length, hidden).</param>
    /// <returns>(batch, remembered + length, hidden).</returns>
    internal Tensor Extend(int layer, Tensor hidden)
    {
        var seen = states.TryGetValue(layer, out var before) ? cat([before, hidden], 1) : hidden.alias();
        using var free = seen.detach();
        states[layer] = free.narrow(1, free.size(1) - Length, Length).clone().DetachFromDisposeScope();
        before?.Dispose();
        return seen;
    }
}
