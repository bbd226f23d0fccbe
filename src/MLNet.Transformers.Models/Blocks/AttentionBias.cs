using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>Biases that attention scores get before the softmax.</summary>
public static class AttentionBias
{
    /// <summary>
    /// Hides padding: 0 where the mask is true and the least finite value where it is false, so that a row without any token
    /// still has a finite softmax.
    /// </summary>
    /// <param name="mask">True where there is a token, (batch, keys); null when there is no padding.</param>
    /// <returns>(batch, 1, 1, keys), or null when there is nothing to hide.</returns>
    public static Tensor? OfPadding(Tensor? mask)
    {
        if (mask is null)
            return null;
        using var hidden = mask.logical_not();
        using var bias = zeros_like(hidden, ScalarType.Float32);
        bias.masked_fill_(hidden, float.MinValue);
        return bias.unsqueeze(1).unsqueeze_(1);
    }
}
