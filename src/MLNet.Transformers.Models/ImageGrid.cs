namespace MLNet.Transformers.Models;

/// <summary>How the patches of an image lie, row by row.</summary>
/// <param name="Rows">Number of patches from the top to the bottom.</param>
/// <param name="Columns">Number of patches from left to right.</param>
public readonly record struct ImageGrid(long Rows, long Columns)
{
    /// <summary>Number of patches.</summary>
    public long Count => Rows * Columns;
}
