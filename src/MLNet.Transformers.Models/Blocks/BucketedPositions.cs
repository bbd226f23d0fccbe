using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// A learned bias of attention scores for each head and bucket of distances: one bucket a distance while they are near, and
/// then ever wider ones, for keys before the query and for keys behind it apart. Shared by all layers. Section 2.1 of
/// <see href="https://arxiv.org/abs/1910.10683">T5</see>.
/// </summary>
public sealed class BucketedPositions : Module<TokenBatch, LayerContext>
{
    private readonly int count;
    private readonly int maxDistance;
    private readonly Embedding buckets;

    /// <param name="count">Number of buckets, a multiple of 4.</param>
    /// <param name="maxDistance">From this distance on, all are in the last bucket.</param>
    /// <param name="heads">Number of attention heads.</param>
    /// <exception cref="ArgumentException">The buckets cannot be divided.</exception>
    public BucketedPositions(int count, int maxDistance, int heads)
        : base(nameof(BucketedPositions))
    {
        if (count < 4 || count % 4 != 0 || maxDistance <= count / 4)
            throw new ArgumentException($"{count} buckets up to a distance of {maxDistance} cannot be divided into near and far ones on both sides.", nameof(count));
        this.count = count;
        this.maxDistance = maxDistance;
        buckets = Embedding(count, heads);
        RegisterComponents();
    }

    /// <summary>The context of a batch: a bias of (1 or batch, heads, length, length), which hides padding too.</summary>
    public override LayerContext forward(TokenBatch batch)
    {
        using var padding = AttentionBias.OfPadding(batch.Mask);
        using var indices = tensor(Indices((int)batch.Length), [batch.Length, batch.Length], device: batch.Ids.device);
        using var rows = buckets.forward(indices); // (queries, keys, heads)
        using var turned = rows.permute(2, 0, 1);
        using var near = turned.contiguous();
        var bias = near.unsqueeze(0);
        if (padding is null)
            return new LayerContext(bias);
        using (bias)
            return new LayerContext(bias.add(padding));
    }

    /// <summary>The bucket of a key as seen from a query.</summary>
    /// <param name="distance">Position of the key less that of the query.</param>
    internal int BucketOf(int distance)
    {
        var half = count / 2;
        var near = half / 2;
        var far = Math.Abs(distance);
        var side = distance > 0 ? half : 0;
        if (far < near)
            return side + far;
        // In single precision, as published: a distance may stand exactly between two buckets.
        var step = near + (int)(MathF.Log((float)far / near) / MathF.Log((float)maxDistance / near) * (half - near));
        return side + Math.Min(step, half - 1);
    }

    private long[] Indices(int length)
    {
        var byDistance = Enumerable.Range(1 - length, 2 * length - 1).Select(distance => (long)BucketOf(distance)).ToArray();
        var indices = new long[length * length];
        for (var query = 0; query < length; query++)
            byDistance.AsSpan(length - 1 - query, length).CopyTo(indices.AsSpan(query * length));
        return indices;
    }
}
