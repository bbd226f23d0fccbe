using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// Sines and cosines of the distances from queries to keys, those remembered among them, and which keys are of another segment
/// than a query: sections 2.4 and 2.5 of <see href="https://arxiv.org/abs/1906.08237">XLNet</see>.
/// </summary>
public sealed class RecurrentPositions : Module<TokenBatch, LayerContext>
{
    private readonly long hiddenSize;
    private readonly int? maxDistance;
    private readonly double dropout;

    /// <param name="hiddenSize">Width of a distance's vector, an even number.</param>
    /// <param name="maxDistance">Greater distances count as this one; null for no limit.</param>
    /// <param name="dropout">Probability with which a value of a vector is dropped in training.</param>
    /// <exception cref="ArgumentException">The width is odd.</exception>
    public RecurrentPositions(long hiddenSize, int? maxDistance = null, double dropout = 0)
        : base(nameof(RecurrentPositions))
    {
        if (hiddenSize % 2 != 0)
            throw new ArgumentException($"Sines and cosines need an even width, not {hiddenSize}.", nameof(hiddenSize));
        this.hiddenSize = hiddenSize;
        this.maxDistance = maxDistance;
        this.dropout = dropout;
    }

    /// <summary>The context of a batch: a vector for each distance from as many keys before as there are to as many behind as there are queries.</summary>
    /// <exception cref="ArgumentException">The batch does not go on where its memory ends.</exception>
    public override LayerContext forward(TokenBatch batch)
    {
        var before = batch.Memory?.Advance(batch) ?? 0;
        using var vectors = Vectors(before + batch.Length, batch.Length, batch.Ids.device);
        using var mask = Seen(batch, before);
        return new LayerContext(AttentionBias.OfPadding(mask))
        {
            Mask = batch.Mask,
            Memory = batch.Memory,
            Distances = functional.dropout(vectors, dropout, training),
            OtherSegments = OtherSegments(batch, before),
        };
    }

    /// <summary>All sines, then all cosines, of the distances from keys down to 1 - queries: (keys + queries, hidden).</summary>
    private Tensor Vectors(long keys, long queries, Device device)
    {
        // In double precision: far distances turn the fastest waves a hundred times.
        using var distances = arange(keys, -queries, -1, ScalarType.Float64, device);
        if (maxDistance is { } limit)
            distances.clamp_(-limit, limit);
        using var columns = arange(0, hiddenSize, 2, ScalarType.Float64, device);
        using var waves = columns.mul_(-Math.Log(10000) / hiddenSize).exp_();
        using var angles = distances.outer(waves);
        using var sines = angles.sin();
        using var cosines = angles.cos();
        using var both = cat([sines, cosines], 1);
        return both.to(ScalarType.Float32);
    }

    /// <summary>The batch's mask with what is remembered before it, of which nothing is padding.</summary>
    private static Tensor? Seen(TokenBatch batch, long before)
    {
        if (batch.Mask is null || before == 0)
            return batch.Mask?.alias();
        using var remembered = ones(batch.Count, before, ScalarType.Bool, batch.Ids.device);
        return cat([remembered, batch.Mask], 1);
    }

    /// <summary>1 where a key is of another segment than the query, (batch, 1, queries, keys); null when there is one segment only. What is remembered counts as of segment 0, as published.</summary>
    private static Tensor? OtherSegments(TokenBatch batch, long before)
    {
        // A single type id is that of all tokens, 0, unless there is but one token.
        if (batch.TypeIds.numel() == 1 && (before == 0 || batch.Ids.numel() > 1))
            return null;
        using var remembered = zeros(batch.Count, before, ScalarType.Int64, batch.Ids.device);
        using var keys = cat([remembered, batch.TypeIds], 1).unsqueeze_(1);
        using var queries = batch.TypeIds.unsqueeze(2);
        using var differ = queries.ne(keys);
        return differ.to(ScalarType.Float32).unsqueeze_(1);
    }
}
