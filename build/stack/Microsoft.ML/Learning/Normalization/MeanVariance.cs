using System.Numerics;

namespace Microsoft.ML.Transforms;

/// <summary>
/// Scales a slot by its standard deviation, about its mean or about zero where that is to stay; or maps it to the probability
/// that a normal variable of its mean and deviation is smaller.
/// </summary>
internal sealed class MeanVariance(bool fixZero, bool useCdf) : INormalization
{
    public ColumnNormalizer Learn<T>(DataViewType type, SlotStatistics<T>[] slots)
        where T : struct, IFloatingPointIeee754<T> =>
        useCdf
            ? new CdfNormalizer<T>(type, [.. slots.Select(MeanAndDeviation)])
            : new AffineNormalizer<T>(type, [.. slots.Select(ScaleAndOffset)]);

    private (T Scale, T Offset) ScaleAndOffset<T>(SlotStatistics<T> slot)
        where T : struct, IFloatingPointIeee754<T>
    {
        // A slot that does not vary says nothing, and becomes zero.
        if (slot.Variance == 0)
            return (T.Zero, T.Zero);
        if (fixZero)
            return (T.One / T.CreateChecked(Math.Sqrt(slot.Variance + slot.Mean * slot.Mean)), T.Zero);
        var scale = T.One / T.CreateChecked(Math.Sqrt(slot.Variance));
        return (scale, scale == T.Zero ? T.Zero : T.CreateChecked(slot.Mean));
    }

    private static (T Mean, T Deviation) MeanAndDeviation<T>(SlotStatistics<T> slot)
        where T : struct, IFloatingPointIeee754<T> =>
        slot.Variance == 0 ? (T.Zero, T.Zero) : (T.CreateChecked(slot.Mean), T.CreateChecked(Math.Sqrt(slot.Variance)));
}
