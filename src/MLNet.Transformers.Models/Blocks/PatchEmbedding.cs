using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>Images to the vectors that enter the first layer: those of the patches, and before them those of tokens that stand for the whole image.</summary>
public sealed class PatchEmbedding : Module<ImageBatch, Tensor>
{
    private readonly PatchProjection projection;
    private readonly Parameter? classToken;
    private readonly Parameter? distillationToken;
    private readonly Parameter? registerTokens;
    private readonly Parameter? maskToken;
    private readonly PatchPositions? positions;
    private readonly Dropout dropout;
    private readonly int placedTokens;

    /// <param name="projection">Patches to vectors.</param>
    /// <param name="hiddenSize">Width of the vectors.</param>
    /// <param name="hasClassToken">Whether a learned token stands before the patches.</param>
    /// <param name="positions">Added to all tokens but registers; null for none.</param>
    /// <param name="dropout">Probability with which a value of the sum is dropped in training.</param>
    /// <param name="hasDistillationToken">Whether a second token, which learns from a teacher, stands behind the first: <see href="https://arxiv.org/abs/2012.12877">DeiT</see>.</param>
    /// <param name="registers">Number of tokens without places between those and the patches, for what the layers want to remember: <see href="https://arxiv.org/abs/2309.16588">Darcet et al., 2024</see>.</param>
    /// <param name="hasMaskToken">Whether there is a token that stands for a patch that is hidden.</param>
    public PatchEmbedding(
        PatchProjection projection,
        long hiddenSize,
        bool hasClassToken = true,
        PatchPositions? positions = null,
        double dropout = 0,
        bool hasDistillationToken = false,
        int registers = 0,
        bool hasMaskToken = false)
        : base(nameof(PatchEmbedding))
    {
        this.projection = projection;
        classToken = hasClassToken ? OwnedParameter.Of(zeros(1, 1, hiddenSize)) : null;
        distillationToken = hasDistillationToken ? OwnedParameter.Of(zeros(1, 1, hiddenSize)) : null;
        registerTokens = registers > 0 ? OwnedParameter.Of(zeros(1, registers, hiddenSize)) : null;
        maskToken = hasMaskToken ? OwnedParameter.Of(zeros(1, hiddenSize)) : null;
        this.positions = positions;
        this.dropout = Dropout(dropout);
        placedTokens = (hasClassToken ? 1 : 0) + (hasDistillationToken ? 1 : 0);
        PrefixTokens = placedTokens + registers;
        RegisterComponents();
    }

    /// <summary>Number of tokens before those of the patches.</summary>
    public int PrefixTokens { get; }

    /// <summary>How the patches of an image lie.</summary>
    /// <exception cref="ArgumentException">The image has not a whole number of patches.</exception>
    public ImageGrid GridOf(long height, long width) => projection.GridOf(height, width);

    /// <summary>The tokens of a batch.</summary>
    /// <returns>(batch, tokens, hidden).</returns>
    /// <exception cref="ArgumentException">The images have another number of channels, or not a whole number of patches.</exception>
    /// <exception cref="NotSupportedException">Patches are hidden, and the model has no token for that.</exception>
    public override Tensor forward(ImageBatch batch)
    {
        using var places = positions?.call(GridOf(batch.Height, batch.Width)); // (1, placed tokens + patches, hidden)
        using var patches = Place(Hide(projection.call(batch.Pixels), batch.MaskedPatches), places);
        if (PrefixTokens == 0)
            return dropout.forward(patches);
        using var prefix = Prefix(places);
        using var first = prefix.expand(batch.Count, -1, -1);
        using var tokens = cat([first, patches], 1);
        return dropout.forward(tokens);
    }

    /// <summary>The tokens before the patches, (1, prefix tokens, hidden).</summary>
    private Tensor Prefix(Tensor? places)
    {
        Tensor[] placed = [.. new[] { classToken, distillationToken }.OfType<Parameter>()];
        if (placed.Length == 0)
            return registerTokens!.alias();
        using var tokens = cat(placed, 1);
        using var rows = places?.narrow(1, 0, placedTokens);
        var sum = rows is null ? tokens.alias() : tokens.add(rows);
        if (registerTokens is null)
            return sum;
        using (sum)
            return cat([sum, registerTokens], 1);
    }

    private Tensor Place(Tensor patches, Tensor? places)
    {
        if (places is null)
            return patches;
        using var rows = places.narrow(1, placedTokens, patches.size(1));
        return patches.add_(rows);
    }

    private Tensor Hide(Tensor patches, Tensor? masked)
    {
        if (masked is null)
            return patches;
        var token = maskToken ?? throw new NotSupportedException("Patches are hidden, and the model has no mask token to stand for them.");
        using (patches)
        using (var hidden = masked.unsqueeze(2))
            return where(hidden, token, patches);
    }
}
