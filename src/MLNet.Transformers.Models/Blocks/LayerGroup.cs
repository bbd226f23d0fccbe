using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>Layers that are applied one after another and count as one, as the groups of <see href="https://arxiv.org/abs/1909.11942">ALBERT</see> do.</summary>
public sealed class LayerGroup : Module<Tensor, LayerContext, Tensor>
{
    private readonly ModuleList<Module<Tensor, LayerContext, Tensor>> layers;

    /// <param name="layers">From the first to the last; at least one.</param>
    public LayerGroup(IEnumerable<Module<Tensor, LayerContext, Tensor>> layers)
        : base(nameof(LayerGroup))
    {
        this.layers = ModuleList([.. layers]);
        RegisterComponents();
    }

    /// <summary>Through all layers of the group.</summary>
    /// <param name="hidden">(batch, length, hidden).</param>
    /// <param name="context">Goes to every layer.</param>
    /// <returns>(batch, length, hidden).</returns>
    public override Tensor forward(Tensor hidden, LayerContext context)
    {
        var current = layers[0].call(hidden, context);
        foreach (var layer in layers.Skip(1))
        {
            using var used = current;
            current = layer.call(used, context);
        }
        return current;
    }
}
