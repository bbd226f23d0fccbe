using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>What travels beside the hidden states through every layer of one call; made once a batch, shared by all layers. Whoever made it disposes it.</summary>
/// <param name="Bias">Added to the attention scores before the softmax, broadcastable to (batch, heads, queries, keys); null when every position may see every other.</param>
/// <param name="Trace">Where the layers leave what they computed on the way, which stays the caller's; null when nobody asks.</param>
public sealed record LayerContext(Tensor? Bias = null, EncoderTrace? Trace = null) : IDisposable
{
    /// <summary>How queries and keys are turned by their positions; null when they are not.</summary>
    public Rotation? Rotation { get; init; }

    /// <summary>The context of the layers that see only near positions; null when there are none.</summary>
    public LayerContext? Local { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Bias?.Dispose();
        Rotation?.Dispose();
        Local?.Dispose();
    }
}
