using System.Runtime.CompilerServices;

namespace MLNet.Transformers.Models;

/// <summary>Some neighbouring positions along one side of an image.</summary>
internal readonly record struct Extent(int Start, int Count)
{
    /// <summary>The position after the last.</summary>
    public int End => Start + Count;

    /// <exception cref="ArgumentOutOfRangeException">The positions do not lie within a side of the length, or are none.</exception>
    public static Extent Within(
        int length,
        int start,
        int count,
        [CallerArgumentExpression(nameof(start))] string? startName = null,
        [CallerArgumentExpression(nameof(count))] string? countName = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start, startName);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count, countName);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, length - start, countName);
        return new Extent(start, count);
    }
}
