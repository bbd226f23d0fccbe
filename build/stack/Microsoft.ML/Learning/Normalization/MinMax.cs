using System.Numerics;

namespace Microsoft.ML.Transforms;

/// <summary>Scales the range of a slot to 0 to 1, or its largest absolute value to 1 where zero is to stay.</summary>
internal sealed class MinMax(bool fixZero) : INormalization
{
    public ColumnNormalizer Learn<T>(DataViewType type, SlotStatistics<T>[] slots)
        where T : struct, IFloatingPointIeee754<T> =>
        new AffineNormalizer<T>(type, [.. slots.Select(ScaleAndOffset)]);

    private (T Scale, T Offset) ScaleAndOffset<T>(SlotStatistics<T> slot)
        where T : struct, IFloatingPointIeee754<T>
    {
        var (minimum, maximum) = (slot.Minimum, slot.Maximum);
        // A slot that does not vary says nothing, and becomes zero.
        if (!(maximum > minimum))
            return (T.Zero, T.Zero);
        if (fixZero)
            return (T.One / T.Max(T.Abs(maximum), T.Abs(minimum)), T.Zero);
        var scale = T.One / (maximum - minimum);
        return (scale, scale == T.Zero ? T.Zero : minimum);
    }
}
