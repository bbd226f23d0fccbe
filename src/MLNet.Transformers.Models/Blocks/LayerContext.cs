using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>What travels beside the hidden states through every layer of one call; made once a batch, shared by all layers. Whoever made it disposes it.</summary>
/// <param name="Bias">Added to the attention scores before the softmax, broadcastable to (batch, heads, queries, keys); null when every position may see every other.</param>
/// <param name="Trace">Where the layers leave what they computed on the way, which stays the caller's; null when nobody asks.</param>
public sealed record LayerContext(Tensor? Bias = null, LayerTrace? Trace = null) : IDisposable
{
    /// <summary>How queries and keys are turned by their positions; null when they are not.</summary>
    public Rotation? Rotation { get; init; }

    /// <summary>How the patches lie that the last tokens stand for; null where there are none.</summary>
    public ImageGrid? Grid { get; init; }

    /// <summary>How many of the first positions are asked for, of which alone a layer may tell the next states; null for all.</summary>
    public long? AskedPositions { get; init; }

    /// <summary>The context of the layers that see only near positions; null when there are none.</summary>
    public LayerContext? Local { get; init; }

    /// <summary>True where there is a token, (batch, keys), which stays the batch's; null when there is no padding.</summary>
    public Tensor? Mask { get; init; }

    /// <summary>
    /// A vector for each distance between a query and a key, (distances, hidden), from the key farthest before to the one
    /// farthest behind; null for layers that know no distances.
    /// </summary>
    public Tensor? Distances { get; init; }

    /// <summary>1 where a key is of another segment than the query, (batch, 1, queries, keys); null for layers that do not ask, or when there is one segment only.</summary>
    public Tensor? OtherSegments { get; init; }

    /// <summary>The states of earlier positions, which stay the caller's; null when nothing is remembered.</summary>
    public SegmentMemory? Memory { get; init; }

    /// <summary>Keys and values of earlier positions, which stay the caller's; null when there are none.</summary>
    public KeyValueCache? Cache { get; init; }

    /// <summary>The layer's own part of the cache, which <see cref="LayerStack"/> finds; null when there is none.</summary>
    public LayerCache? Slot { get; init; }

    /// <summary>What an encoder has made of the source, which stays the caller's; null when there is none.</summary>
    public EncodedSource? Source { get; init; }

    /// <summary>Added to the scores of the source's positions, broadcastable to (batch, heads, queries, source); null when all are visible.</summary>
    public Tensor? SourceBias { get; init; }

    /// <summary>The same for hidden states of another element type; itself where nothing differs. What is new goes with the dispose scope.</summary>
    /// <param name="type">The element type of the hidden states.</param>
    public LayerContext As(ScalarType type)
    {
        var (bias, sourceBias, local) = (BiasAs(Bias, type), BiasAs(SourceBias, type), Local?.As(type));
        return ReferenceEquals(bias, Bias) && ReferenceEquals(sourceBias, SourceBias) && ReferenceEquals(local, Local)
            ? this
            : this with { Bias = bias, SourceBias = sourceBias, Local = local };
    }

    /// <summary>What a feed-forward block makes of hidden states; a mixture of experts leaves padding aside.</summary>
    internal Tensor Feed(Module<Tensor, Tensor> feedForward, Tensor hidden) =>
        feedForward is MixtureOfExperts mixture ? mixture.forward(hidden, Mask) : feedForward.call(hidden);

    /// <inheritdoc/>
    public void Dispose()
    {
        Bias?.Dispose();
        Rotation?.Dispose();
        Local?.Dispose();
        Distances?.Dispose();
        OtherSegments?.Dispose();
        SourceBias?.Dispose();
    }

    /// <summary>The least number of a wide type, which hides padding, has no finite neighbour in a narrow one.</summary>
    private static Tensor? BiasAs(Tensor? bias, ScalarType type)
    {
        if (bias is null || bias.dtype == type)
            return bias;
        return finfo(type).min is var least && least > finfo(bias.dtype).min ? bias.clamp_min(least).to(type) : bias.to(type);
    }
}
