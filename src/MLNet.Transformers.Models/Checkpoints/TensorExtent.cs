namespace MLNet.Transformers.Models;

/// <summary>Whether a shape that a file gives can be that of a tensor.</summary>
internal static class TensorExtent
{
    /// <summary>More dimensions than torch's loops over tensors take.</summary>
    private const int MostDimensions = 64;

    /// <summary>Number of elements; null when a size is negative, or the sizes overflow even with those that are 0 left out.</summary>
    public static long? Elements(long[] shape)
    {
        if (shape.Length > MostDimensions || shape.Any(size => size < 0))
            return null;
        Int128 product = 1;
        foreach (var size in shape)
            if ((product *= Math.Max(1, size)) > long.MaxValue)
                return null;
        return shape.Contains(0) ? 0 : (long)product;
    }
}
