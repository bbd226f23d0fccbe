using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>An embedding of patches and a stack of layers: <see href="https://arxiv.org/abs/2010.11929">An Image Is Worth 16x16 Words</see>.</summary>
public sealed class ImageStack : ImageBackbone
{
    private readonly PatchEmbedding embedding;
    private readonly Module<ImageBatch, LayerContext>? context;
    private readonly LayerStack stack;

    /// <param name="embedding">Patches to vectors.</param>
    /// <param name="stack">The layers.</param>
    /// <param name="context">Makes, once a batch, what travels beside the hidden states; null when every token sees every other.</param>
    public ImageStack(PatchEmbedding embedding, LayerStack stack, Module<ImageBatch, LayerContext>? context = null)
        : base(nameof(ImageStack))
    {
        this.embedding = embedding;
        this.stack = stack;
        this.context = context;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override int PrefixTokens => embedding.PrefixTokens;

    /// <inheritdoc/>
    public override ImageGrid GridOf(long height, long width) => embedding.GridOf(height, width);

    /// <inheritdoc/>
    public override Tensor forward(ImageBatch batch, LayerTrace? trace) => Forward(batch, trace, null);

    /// <inheritdoc/>
    public override Tensor ForwardFirst(ImageBatch batch, int tokens) => Forward(batch, null, tokens);

    private Tensor Forward(ImageBatch batch, LayerTrace? trace, int? tokens)
    {
        var shared = (context?.call(batch) ?? new LayerContext()) with { Grid = GridOf(batch.Height, batch.Width) };
        // Layers that are computed again need it again; it then goes with the scope of the training step.
        using var released = Recomputation.IsRecording ? null : shared;
        using var embedded = embedding.call(batch);
        return stack.call(embedded, shared.As(embedded.dtype) with { Trace = trace, AskedPositions = tokens });
    }
}
