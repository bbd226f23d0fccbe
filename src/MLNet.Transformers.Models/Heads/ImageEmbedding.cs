using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>One vector an image, without any weights of its own.</summary>
public sealed class ImageEmbedding : ImageHead
{
    private readonly ImagePooler pooler;

    /// <param name="pooler">Makes one vector of the tokens.</param>
    public ImageEmbedding(ImagePooler pooler)
        : base(nameof(ImageEmbedding))
    {
        this.pooler = pooler;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override int? ReadTokens => pooler.ReadTokens;

    /// <summary>The vectors.</summary>
    /// <param name="hidden">(batch, tokens, hidden).</param>
    /// <returns>(batch, width).</returns>
    public override Tensor forward(Tensor hidden) => pooler.call(hidden);
}
