namespace Microsoft.ML.Data;

/// <summary>Says which columns of a text file a member is read from.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class LoadColumnAttribute : Attribute
{
    public LoadColumnAttribute(int fieldIndex) => Sources = [(fieldIndex, fieldIndex)];

    public LoadColumnAttribute(int start, int end) => Sources = [(start, end)];

    public LoadColumnAttribute(int[] columnIndexes) => Sources = [.. columnIndexes.Select(index => (index, index))];

    /// <summary>The first and last column of each range.</summary>
    internal IReadOnlyList<(int First, int Last)> Sources { get; }
}
