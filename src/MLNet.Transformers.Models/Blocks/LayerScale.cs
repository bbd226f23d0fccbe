using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>A learned factor for each column, small at first, so that deep stacks start near the identity: section 2 of <see href="https://arxiv.org/abs/2103.17239">CaiT</see>.</summary>
public sealed class LayerScale : Module<Tensor, Tensor>
{
    private readonly Parameter weight;

    /// <param name="hiddenSize">Number of columns.</param>
    /// <param name="start">Every factor at first.</param>
    public LayerScale(long hiddenSize, double start)
        : base(nameof(LayerScale))
    {
        weight = OwnedParameter.Of(full([hiddenSize], start, ScalarType.Float32));
        RegisterComponents();
    }

    /// <summary>Every column times its factor.</summary>
    /// <param name="hidden">(…, hidden).</param>
    /// <returns>(…, hidden).</returns>
    public override Tensor forward(Tensor hidden) => hidden.mul(weight);
}
