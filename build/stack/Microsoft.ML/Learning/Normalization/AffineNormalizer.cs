using System.Collections.Immutable;
using System.Numerics;

namespace Microsoft.ML.Transforms;

/// <summary>Subtracts an offset from each slot and multiplies by a scale.</summary>
internal sealed class AffineNormalizer<T>(DataViewType type, (T Scale, T Offset)[] slots) : ColumnNormalizer<T>(type, slots)
    where T : struct, IFloatingPointIeee754<T>
{
    public override NormalizingTransformer.NormalizerModelParametersBase Parameters => Type is VectorDataViewType
        ? new NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<T>>(
            [.. Slots.Select(slot => slot.First)], MovesZeros ? [.. Slots.Select(slot => slot.Second)] : [])
        : new NormalizingTransformer.AffineNormalizerModelParameters<T>(Slots[0].First, Slots[0].Second);

    private protected override bool MovesZeros { get; } = slots.Any(slot => slot.Offset != T.Zero);

    private protected override bool IsCdf => false;

    private protected override T Normalize(T value, int slot) => (value - Slots[slot].Second) * Slots[slot].First;
}
