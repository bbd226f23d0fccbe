using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>The two normalisations that transformers use.</summary>
public static class Norm
{
    /// <summary>To zero mean and unit variance over the hidden size, then scaled and shifted: <see href="https://arxiv.org/abs/1607.06450">Layer Normalization</see>.</summary>
    public static Module<Tensor, Tensor> Layer(long hiddenSize, double epsilon, bool bias = true) => LayerNorm(hiddenSize, epsilon, bias: bias);

    /// <summary>To unit mean square over the hidden size, then scaled: <see href="https://arxiv.org/abs/1910.07467">Root Mean Square Layer Normalization</see>.</summary>
    public static Module<Tensor, Tensor> Rms(long hiddenSize, double epsilon) => new RmsNorm(hiddenSize, epsilon);
}
