using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// A learned vector for each distance, or for each bucket of distances, from which attention makes keys and queries of their
/// own: section 3.1 of <see href="https://arxiv.org/abs/2006.03654">DeBERTa</see>.
/// </summary>
public sealed class DisentangledPositions : Module<TokenBatch, LayerContext>
{
    private readonly int span;
    private readonly int buckets;
    private readonly int maxDistance;
    private readonly Embedding distances;
    private readonly Module<Tensor, Tensor>? norm;

    /// <param name="hiddenSize">Width of a vector.</param>
    /// <param name="maxDistance">The greatest distance that is told from greater ones.</param>
    /// <param name="buckets">Number of buckets on either side: half for one distance each, the others ever wider; 0 for one vector a distance.</param>
    /// <param name="norm">Normalises the vectors; null for none.</param>
    public DisentangledPositions(long hiddenSize, int maxDistance, int buckets = 0, Module<Tensor, Tensor>? norm = null)
        : base(nameof(DisentangledPositions))
    {
        span = buckets > 0 ? buckets : maxDistance;
        this.buckets = buckets;
        this.maxDistance = maxDistance;
        distances = Embedding(2 * span, hiddenSize);
        this.norm = norm;
        RegisterComponents();
    }

    /// <summary>The context of a batch: the vectors of 2 · length + 1 distances, from a key length before to one length behind.</summary>
    public override LayerContext forward(TokenBatch batch)
    {
        var length = (int)batch.Length;
        var rows = Enumerable.Range(0, 2 * length + 1).Select(i => (long)RowOf(length - i)).ToArray();
        using var indices = tensor(rows, device: batch.Ids.device);
        var vectors = distances.forward(indices);
        return new LayerContext(AttentionBias.OfPadding(batch.Mask)) { Mask = batch.Mask, Distances = norm is null ? vectors : Normalise(vectors) };
    }

    /// <summary>The table's row for a distance.</summary>
    /// <param name="distance">Position of the query less that of the key.</param>
    internal int RowOf(int distance) => Math.Clamp(BucketOf(distance) + span, 0, 2 * span - 1);

    private int BucketOf(int distance)
    {
        var near = buckets / 2;
        var far = Math.Abs(distance);
        if (buckets == 0 || far <= near)
            return distance;
        // In single precision, as published: a distance may stand exactly between two buckets.
        var step = MathF.Log((float)far / near) / MathF.Log((float)((maxDistance - 1) / (double)near)) * (near - 1);
        return Math.Sign(distance) * (near + (int)MathF.Ceiling(step));
    }

    private Tensor Normalise(Tensor vectors)
    {
        using (vectors)
            return norm!.call(vectors);
    }
}
