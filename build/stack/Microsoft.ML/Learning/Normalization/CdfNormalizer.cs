using System.Collections.Immutable;
using System.Numerics;

namespace Microsoft.ML.Transforms;

/// <summary>Maps each slot to the cumulative probability of a normal distribution; implicit zeros stay zero.</summary>
internal sealed class CdfNormalizer<T>(DataViewType type, (T Mean, T Deviation)[] slots) : ColumnNormalizer<T>(type, slots)
    where T : struct, IFloatingPointIeee754<T>
{
    public override NormalizingTransformer.NormalizerModelParametersBase Parameters => Type is VectorDataViewType
        ? new NormalizingTransformer.CdfNormalizerModelParameters<ImmutableArray<T>>(
            [.. Slots.Select(slot => slot.First)], [.. Slots.Select(slot => slot.Second)], useLog: false)
        : new NormalizingTransformer.CdfNormalizerModelParameters<T>(Slots[0].First, Slots[0].Second, useLog: false);

    private protected override bool MovesZeros => false;

    private protected override bool IsCdf => true;

    /// <summary>
    /// The error function by Winitzki's approximation,
    /// https://en.wikipedia.org/wiki/Error_function#Approximation_with_elementary_functions.
    /// </summary>
    private protected override T Normalize(T value, int slot)
    {
        var (mean, deviation) = Slots[slot];
        if (deviation <= T.Epsilon || !T.IsFinite(value))
            return T.Zero;
        var z = (value - mean) / deviation;
        var squared = z * z / T.CreateChecked(2);
        var correction = T.CreateChecked(0.147) * squared;
        var exponent = -double.CreateChecked(squared) * (4 / Math.PI + double.CreateChecked(correction)) / double.CreateChecked(T.One + correction);
        return T.CreateChecked(0.5 + 0.5 * T.Sign(z) * Math.Sqrt(1 - Math.Exp(exponent)));
    }
}
