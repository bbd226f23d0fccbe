using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>Root mean square normalisation, without mean and without bias: <see href="https://arxiv.org/abs/1910.07467">Zhang and Sennrich, 2019</see>.</summary>
public sealed class RmsNorm : Module<Tensor, Tensor>
{
    private readonly double epsilon;
    private readonly Parameter weight;

    /// <param name="hiddenSize">Width of what is normalised, the last dimension.</param>
    /// <param name="epsilon">Added to the mean square.</param>
    public RmsNorm(long hiddenSize, double epsilon)
        : base(nameof(RmsNorm))
    {
        this.epsilon = epsilon;
        weight = OwnedParameter.Of(ones(hiddenSize));
        RegisterComponents();
    }

    /// <summary>input / √(mean(input²) + ε) · weight.</summary>
    public override Tensor forward(Tensor input)
    {
        using var square = input.pow(2);
        using var scale = square.mean([-1], keepdim: true).add_(epsilon).rsqrt_();
        using var unit = input.mul(scale);
        return unit.mul(weight);
    }
}
