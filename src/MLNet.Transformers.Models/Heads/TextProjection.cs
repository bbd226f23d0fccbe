using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>A vector for a text in a space that it shares with images: section 2.4 of <see href="https://arxiv.org/abs/2103.00020">CLIP</see>.</summary>
public sealed class TextProjection : Head
{
    private readonly EndOfTextPooler pooler;
    private readonly Linear projection;

    /// <param name="hiddenSize">Width of the hidden states.</param>
    /// <param name="projectionSize">Width of the vectors.</param>
    /// <param name="pooler">Finds the state that stands for the text.</param>
    public TextProjection(long hiddenSize, long projectionSize, EndOfTextPooler pooler)
        : base(nameof(TextProjection))
    {
        this.pooler = pooler;
        projection = Linear(hiddenSize, projectionSize, hasBias: false);
        RegisterComponents();
    }

    /// <summary>The head of a config.</summary>
    /// <param name="config">Sizes, and the token that ends a text.</param>
    /// <param name="backbone">What the head will stand on.</param>
    /// <exception cref="NotSupportedException">The family shares no space with images.</exception>
    public static TextProjection Of(TextConfig config, TextBackbone backbone) => config is ClipTextConfig clip
        ? new(clip.HiddenSize, clip.ProjectionSize, new EndOfTextPooler(clip.EndId))
        : throw new NotSupportedException($"Models of the family '{config.ModelType}' have no space that texts share with images.");

    /// <summary>The vectors of a batch, of any length.</summary>
    /// <param name="hidden">(batch, length, hidden).</param>
    /// <param name="batch">The texts.</param>
    /// <returns>(batch, width).</returns>
    /// <exception cref="ArgumentException">A text does not end.</exception>
    public override Tensor forward(Tensor hidden, TokenBatch batch)
    {
        using var pooled = pooler.call(hidden, batch);
        return projection.forward(pooled);
    }
}
