using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>Layers that see an image equally finely, and what makes its patches fewer for the stage after them.</summary>
public sealed class ImageStage : Module<Tensor, LayerContext, Tensor>
{
    private readonly ModuleList<Module<Tensor, LayerContext, Tensor>> layers;
    private readonly PatchMerging? merging;

    /// <param name="layers">From the first to the last.</param>
    /// <param name="merging">Makes the patches fewer after the last layer; null where they stay.</param>
    public ImageStage(IEnumerable<Module<Tensor, LayerContext, Tensor>> layers, PatchMerging? merging = null)
        : base(nameof(ImageStage))
    {
        this.layers = ModuleList([.. layers]);
        this.merging = merging;
        RegisterComponents();
    }

    /// <summary>How the patches lie after the stage.</summary>
    public ImageGrid After(ImageGrid grid) => merging is null ? grid : PatchMerging.After(grid);

    /// <summary>Through all layers of the stage.</summary>
    /// <param name="hidden">(batch, patches, hidden); it is used up.</param>
    /// <param name="context">Goes to every layer; tells how the patches lie.</param>
    /// <returns>(batch, patches, hidden), or fewer patches and wider ones.</returns>
    /// <exception cref="InvalidOperationException">Nothing has told how the patches lie.</exception>
    public override Tensor forward(Tensor hidden, LayerContext context)
    {
        var grid = context.Grid ?? throw new InvalidOperationException("A stage asks how patches lie, and nothing has told.");
        var current = hidden;
        foreach (var layer in layers)
            using (var before = current)
            {
                context.Trace?.AddStates(before);
                current = Recomputation.Call(layer, before, context);
            }
        if (merging is null)
            return current;
        using (current)
            return merging.call(current, grid);
    }
}
