using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// Patches, and stages of layers each of which sees the image less finely than the one before. What an image lacks to whole patches is
/// filled up with zeros at the right and below.
/// </summary>
public sealed class ImageStages : ImageBackbone
{
    private readonly PixelSize patchSize;
    private readonly PatchProjection projection;
    private readonly Module<Tensor, Tensor> entryNorm;
    private readonly Dropout dropout;
    private readonly ModuleList<ImageStage> stages;
    private readonly Module<Tensor, Tensor> norm;

    /// <param name="projection">Patches to vectors.</param>
    /// <param name="entryNorm">Normalises them.</param>
    /// <param name="stages">From the finest to the coarsest.</param>
    /// <param name="norm">Applied after the last stage.</param>
    /// <param name="patchSize">The size of a patch.</param>
    /// <param name="dropout">Probability with which a value that enters the first stage is dropped in training.</param>
    public ImageStages(
        PatchProjection projection,
        Module<Tensor, Tensor> entryNorm,
        IEnumerable<ImageStage> stages,
        Module<Tensor, Tensor> norm,
        PixelSize patchSize,
        double dropout = 0)
        : base(nameof(ImageStages))
    {
        this.patchSize = patchSize;
        this.projection = projection;
        this.entryNorm = entryNorm;
        this.dropout = Dropout(dropout);
        this.stages = ModuleList([.. stages]);
        this.norm = norm;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override int PrefixTokens => 0;

    /// <inheritdoc/>
    public override ImageGrid GridOf(long height, long width) =>
        stages.Aggregate(EntryGridOf(height, width), (grid, stage) => stage.After(grid));

    /// <inheritdoc/>
    public override Tensor forward(ImageBatch batch, LayerTrace? trace)
    {
        if (batch.MaskedPatches is not null)
            throw new NotSupportedException("Patches of the batch are hidden, and the model has no token that stands for such.");
        var grid = EntryGridOf(batch.Height, batch.Width);
        var current = Enter(batch, grid);
        foreach (var stage in stages)
        {
            current = stage.call(current, new LayerContext(Trace: trace) { Grid = grid });
            grid = stage.After(grid);
        }
        using (current)
        {
            var result = norm.call(current);
            trace?.AddStates(result);
            return result;
        }
    }

    private ImageGrid EntryGridOf(long height, long width) => new((height + patchSize.Height - 1) / patchSize.Height, (width + patchSize.Width - 1) / patchSize.Width);

    private Tensor Enter(ImageBatch batch, ImageGrid grid)
    {
        using var whole = functional.pad(batch.Pixels, [0, grid.Columns * patchSize.Width - batch.Width, 0, grid.Rows * patchSize.Height - batch.Height]);
        using var patches = projection.call(whole);
        using var ready = entryNorm.call(patches);
        return dropout.forward(ready);
    }
}
