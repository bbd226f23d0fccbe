using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>Learned vectors for the places of an image's tokens; images of other sizes get them interpolated.</summary>
public sealed class PatchPositions : Module<ImageGrid, Tensor>
{
    private readonly ImageGrid grid;
    private readonly int prefixTokens;
    private readonly bool isAntialiased;
    private readonly Parameter weight;

    /// <param name="grid">The patches of the images that the vectors are learnt for.</param>
    /// <param name="prefixTokens">Number of tokens before those of the patches that have a vector too.</param>
    /// <param name="hiddenSize">Width of the vectors.</param>
    /// <param name="isAntialiased">Whether images of fewer patches get means of the vectors instead of single ones.</param>
    public PatchPositions(ImageGrid grid, int prefixTokens, long hiddenSize, bool isAntialiased = false)
        : base(nameof(PatchPositions))
    {
        this.grid = grid;
        this.prefixTokens = prefixTokens;
        this.isAntialiased = isAntialiased;
        weight = OwnedParameter.Of(zeros(1, prefixTokens + grid.Count, hiddenSize));
        RegisterComponents();
    }

    /// <summary>The vectors for an image.</summary>
    /// <param name="wanted">Its patches.</param>
    /// <returns>(1, tokens, hidden); those of the patches interpolated bicubically where the image is of another size.</returns>
    public override Tensor forward(ImageGrid wanted)
    {
        if (wanted == grid)
            return weight.alias();
        using var prefix = weight.narrow(1, 0, prefixTokens);
        using var patches = weight.narrow(1, prefixTokens, grid.Count);
        using var map = patches.view(1, grid.Rows, grid.Columns, -1).permute(0, 3, 1, 2); // (1, hidden, rows, columns)
        using var precise = map.to(ScalarType.Float32); // Of narrower types no processor interpolates.
        using var scaled = functional.interpolate(precise, [wanted.Rows, wanted.Columns], mode: InterpolationMode.Bicubic, align_corners: false, antialias: isAntialiased);
        using var rows = scaled.flatten(2).transpose(1, 2).to(weight.dtype);
        return cat([prefix, rows], 1);
    }
}
