using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// Drops a sublayer's whole output of some examples of a batch in training, and makes up for it in the others:
/// <see href="https://arxiv.org/abs/1603.09382">Huang et al., 2016</see>, also called drop path.
/// </summary>
public sealed class StochasticDepth : Module<Tensor, Tensor>
{
    private readonly double probability;

    /// <param name="probability">With which an example's output is dropped, from 0 to below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is none, or 1.</exception>
    public StochasticDepth(double probability)
        : base(nameof(StochasticDepth))
    {
        ArgumentOutOfRangeException.ThrowIfNegative(probability);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        this.probability = probability;
    }

    /// <summary>The output of the examples that are kept, divided by the chance to be kept; 0 for the others.</summary>
    /// <param name="hidden">(batch, …).</param>
    /// <returns>(batch, …).</returns>
    public override Tensor forward(Tensor hidden)
    {
        if (!training || probability == 0)
            return hidden.alias();
        long[] shape = [hidden.size(0), .. Enumerable.Repeat(1L, (int)hidden.dim() - 1)];
        using var factors = empty(shape, hidden.dtype, hidden.device);
        factors.bernoulli_(1 - probability).div_(1 - probability);
        return hidden.mul(factors);
    }
}
