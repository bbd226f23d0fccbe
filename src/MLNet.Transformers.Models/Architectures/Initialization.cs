using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>The weights that a transformer starts from.</summary>
public static class Initialization
{
    /// <summary>
    /// Matrices from a normal distribution around 0, biases 0; norms keep their ones and zeros:
    /// as <see href="https://arxiv.org/abs/1810.04805">BERT</see> does.
    /// </summary>
    /// <param name="model">The model to fill.</param>
    /// <param name="deviation">Standard deviation of the distribution.</param>
    public static void Normal(Module model, double deviation)
    {
        foreach (var (name, parameter) in model.named_parameters())
            if (parameter.dim() > 1)
                init.normal_(parameter, 0, deviation);
            else if (name.EndsWith("bias", StringComparison.Ordinal))
                init.zeros_(parameter);
    }
}
