using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>Two linear maps with an activation between, at every position alike: section 3.3 of <see href="https://arxiv.org/abs/1706.03762">Attention Is All You Need</see>.</summary>
public sealed class FeedForward : Module<Tensor, Tensor>
{
    private readonly Func<Tensor, Tensor> activation;
    private readonly double dropout;
    private readonly Linear inner;
    private readonly Linear output;

    /// <param name="hiddenSize">Width of the hidden states, in and out.</param>
    /// <param name="innerSize">Width between the two maps.</param>
    /// <param name="activation">Applied between the two maps.</param>
    /// <param name="bias">Whether the maps add a bias.</param>
    /// <param name="dropout">Probability with which a value between the two maps is dropped in training.</param>
    public FeedForward(long hiddenSize, long innerSize, Func<Tensor, Tensor> activation, bool bias = true, double dropout = 0)
        : base(nameof(FeedForward))
    {
        this.activation = activation;
        this.dropout = dropout;
        inner = Linear(hiddenSize, innerSize, bias);
        output = Linear(innerSize, hiddenSize, bias);
        RegisterComponents();
    }

    /// <summary>output(activation(inner(hidden))).</summary>
    /// <param name="hidden">(…, hidden).</param>
    /// <returns>(…, hidden).</returns>
    public override Tensor forward(Tensor hidden)
    {
        using var wide = inner.forward(hidden); // (…, inner)
        using var active = activation(wide);
        if (!training || dropout == 0)
            return output.forward(active);
        using var kept = functional.dropout(active, dropout);
        return output.forward(kept);
    }
}
