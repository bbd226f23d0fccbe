using System.Numerics;

namespace Microsoft.ML.Transforms;

/// <summary>A way to normalize slots by their statistics.</summary>
internal interface INormalization
{
    ColumnNormalizer Learn<T>(DataViewType type, SlotStatistics<T>[] slots)
        where T : struct, IFloatingPointIeee754<T>;
}
