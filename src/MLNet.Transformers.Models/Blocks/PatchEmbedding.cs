using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>Images to the vectors that enter the first layer: those of the patches, and before them those of tokens that stand for the whole image.</summary>
public sealed class PatchEmbedding : Module<ImageBatch, Tensor>
{
    private readonly PatchProjection projection;
    private readonly Parameter? classToken;
    private readonly PatchPositions? positions;
    private readonly Dropout dropout;

    /// <param name="projection">Patches to vectors.</param>
    /// <param name="hiddenSize">Width of the vectors.</param>
    /// <param name="hasClassToken">Whether a learned token stands before the patches.</param>
    /// <param name="positions">Added to all tokens; null for none.</param>
    /// <param name="dropout">Probability with which a value of the sum is dropped in training.</param>
    public PatchEmbedding(PatchProjection projection, long hiddenSize, bool hasClassToken = true, PatchPositions? positions = null, double dropout = 0)
        : base(nameof(PatchEmbedding))
    {
        this.projection = projection;
        classToken = hasClassToken ? OwnedParameter.Of(zeros(1, 1, hiddenSize)) : null;
        this.positions = positions;
        this.dropout = Dropout(dropout);
        RegisterComponents();
    }

    /// <summary>Number of tokens before those of the patches.</summary>
    public int PrefixTokens => classToken is null ? 0 : 1;

    /// <summary>How the patches of an image lie.</summary>
    /// <exception cref="ArgumentException">The image has not a whole number of patches.</exception>
    public ImageGrid GridOf(long height, long width) => projection.GridOf(height, width);

    /// <summary>The tokens of a batch.</summary>
    /// <returns>(batch, tokens, hidden).</returns>
    /// <exception cref="ArgumentException">The images have another number of channels, or not a whole number of patches.</exception>
    public override Tensor forward(ImageBatch batch)
    {
        using var tokens = WithClassToken(projection.call(batch.Pixels));
        if (positions is null)
            return dropout.forward(tokens);
        using var places = positions.call(GridOf(batch.Height, batch.Width));
        using var placed = tokens.add(places);
        return dropout.forward(placed);
    }

    private Tensor WithClassToken(Tensor patches)
    {
        if (classToken is null)
            return patches;
        using (patches)
        using (var first = classToken.expand(patches.size(0), -1, -1))
            return cat([first, patches], 1);
    }
}
