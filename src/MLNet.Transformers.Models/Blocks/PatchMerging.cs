using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// Makes every four patches that lie together one of twice their width, where a row or a column is missing together with zeros:
/// section 3.1 of <see href="https://arxiv.org/abs/2103.14030">Swin</see>.
/// </summary>
public sealed class PatchMerging : Module<Tensor, ImageGrid, Tensor>
{
    private readonly Module<Tensor, Tensor> norm;
    private readonly Linear reduction;

    /// <param name="hiddenSize">Width of the patches.</param>
    /// <param name="norm">Normalises the four of them side by side.</param>
    public PatchMerging(long hiddenSize, Module<Tensor, Tensor> norm)
        : base(nameof(PatchMerging))
    {
        this.norm = norm;
        reduction = Linear(4 * hiddenSize, 2 * hiddenSize, hasBias: false);
        RegisterComponents();
    }

    /// <summary>How the merged patches lie.</summary>
    public static ImageGrid After(ImageGrid grid) => new((grid.Rows + 1) / 2, (grid.Columns + 1) / 2);

    /// <summary>The merged patches.</summary>
    /// <param name="hidden">(batch, patches, hidden).</param>
    /// <param name="grid">How they lie.</param>
    /// <returns>(batch, merged patches, 2 * hidden).</returns>
    public override Tensor forward(Tensor hidden, ImageGrid grid)
    {
        var (merged, width) = (After(grid), hidden.size(2));
        using var map = hidden.view(hidden.size(0), grid.Rows, grid.Columns, width);
        using var whole = functional.pad(map, [0, 0, 0, grid.Columns % 2, 0, grid.Rows % 2]);
        using var fours = whole.view(hidden.size(0), merged.Rows, 2, merged.Columns, 2, width);
        // Of the four, the one below comes before the one to the right.
        using var turned = fours.permute(0, 1, 3, 4, 2, 5);
        using var wide = turned.reshape(hidden.size(0), merged.Count, 4 * width);
        using var ready = norm.call(wide);
        return reduction.forward(ready);
    }
}
