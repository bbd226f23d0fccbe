namespace MLNet.Transformers.Models;

/// <summary>The numbers that a model computes with in training.</summary>
public enum Precision
{
    /// <summary>Single precision, 32 bits.</summary>
    Single,

    /// <summary>
    /// Brain floats of 16 bits, with weights, moments and sums of gradients in single precision beside them:
    /// <see href="https://arxiv.org/abs/1710.03740">Micikevicius et al., 2018</see>, which these numbers need no loss scaling for. Made
    /// for GPUs; a CPU without instructions for them computes the same, but much slower.
    /// </summary>
    BFloat16,
}
