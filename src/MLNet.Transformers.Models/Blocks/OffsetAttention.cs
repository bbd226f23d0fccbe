using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>Attention between patches whose scores get a bias of the layer's own for each offset.</summary>
public sealed class OffsetAttention : Module<Tensor, LayerContext, Tensor>
{
    private readonly Module<Tensor, LayerContext, Tensor> attention;
    private readonly PatchOffsetBias offsets;

    /// <param name="attention">Adds the context's bias to its scores.</param>
    /// <param name="offsets">The bias of the layer.</param>
    public OffsetAttention(Module<Tensor, LayerContext, Tensor> attention, PatchOffsetBias offsets)
        : base(nameof(OffsetAttention))
    {
        this.attention = attention;
        this.offsets = offsets;
        RegisterComponents();
    }

    /// <summary>Lets every token gather from every other.</summary>
    /// <param name="hidden">(batch, tokens, hidden).</param>
    /// <param name="context">Tells how the patches lie; its bias, where it has one, is added too.</param>
    /// <returns>(batch, tokens, hidden).</returns>
    /// <exception cref="InvalidOperationException">The tokens are no patches.</exception>
    public override Tensor forward(Tensor hidden, LayerContext context)
    {
        var grid = context.Grid ?? throw new InvalidOperationException("A layer of this stack asks how patches lie, and nothing has told.");
        using var own = offsets.call(grid);
        using var bias = context.Bias is null ? own.alias() : own.add(context.Bias);
        return attention.call(hidden, context with { Bias = bias });
    }
}
