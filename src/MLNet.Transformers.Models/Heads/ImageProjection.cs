using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>A vector for an image in a space that it shares with texts: section 2.4 of <see href="https://arxiv.org/abs/2103.00020">CLIP</see>.</summary>
public sealed class ImageProjection : ImageHead
{
    private readonly Linear projection;

    /// <param name="hiddenSize">Width of the hidden states.</param>
    /// <param name="projectionSize">Width of the vectors.</param>
    public ImageProjection(long hiddenSize, long projectionSize)
        : base(nameof(ImageProjection))
    {
        projection = Linear(hiddenSize, projectionSize, hasBias: false);
        RegisterComponents();
    }

    /// <summary>The head of a config.</summary>
    /// <param name="config">Sizes.</param>
    /// <param name="backbone">What the head will stand on.</param>
    /// <exception cref="NotSupportedException">The family shares no space with texts.</exception>
    public static ImageProjection Of(ImageConfig config, ImageBackbone backbone) => config is ClipVisionConfig clip
        ? new(clip.HiddenSize, clip.ProjectionSize)
        : throw new NotSupportedException($"Models of the family '{config.ModelType}' have no space that images share with texts.");

    /// <inheritdoc/>
    public override int? ReadTokens => 1;

    /// <summary>The vectors of a batch, of any length.</summary>
    /// <param name="hidden">(batch, tokens, hidden), of which the first token is read.</param>
    /// <returns>(batch, width).</returns>
    public override Tensor forward(Tensor hidden)
    {
        using var first = hidden.select(1, 0);
        return projection.forward(first);
    }
}
