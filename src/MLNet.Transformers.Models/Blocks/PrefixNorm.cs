using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>Normalises the tokens that stand for a whole image, and leaves those of its patches as they are.</summary>
public sealed class PrefixNorm : Module<Tensor, Tensor>
{
    private readonly int prefixTokens;
    private readonly Module<Tensor, Tensor> norm;

    /// <param name="norm">The norm.</param>
    /// <param name="prefixTokens">Number of tokens before those of the patches.</param>
    public PrefixNorm(Module<Tensor, Tensor> norm, int prefixTokens)
        : base(nameof(PrefixNorm))
    {
        this.norm = norm;
        this.prefixTokens = prefixTokens;
        RegisterComponents();
    }

    /// <summary>The tokens, the first of them normalised.</summary>
    /// <param name="hidden">(batch, tokens, hidden).</param>
    /// <returns>(batch, tokens, hidden).</returns>
    public override Tensor forward(Tensor hidden)
    {
        using var first = hidden.narrow(1, 0, prefixTokens);
        using var patches = hidden.narrow(1, prefixTokens, hidden.size(1) - prefixTokens);
        using var normalised = norm.call(first);
        return cat([normalised, patches], 1);
    }
}
