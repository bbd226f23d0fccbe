using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>Answers of a model that computes with 16 bits, for losses, which hardly move in so few.</summary>
internal static class Widening
{
    /// <summary>The tensor in single precision if it has 16 bits; it is then disposed, and otherwise given back.</summary>
    public static Tensor Widen(this Tensor narrow)
    {
        if (narrow.dtype is not (ScalarType.BFloat16 or ScalarType.Float16))
            return narrow;
        using (narrow)
            return narrow.to(ScalarType.Float32);
    }
}
