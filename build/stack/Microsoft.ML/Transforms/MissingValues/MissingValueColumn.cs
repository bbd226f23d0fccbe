namespace Microsoft.ML.Transforms;

/// <summary>How the missing values of one column are replaced.</summary>
internal sealed record MissingValueColumn(
    string OutputColumnName, string InputColumnName, MissingValueReplacingEstimator.ReplacementMode Mode, bool BySlot)
{
    private const string StageName = "NAReplaceTransform";

    /// <summary>Why columns of a type have no missing values to replace; null if they do.</summary>
    public static string Refusal(DataViewType itemType) =>
        itemType is KeyDataViewType ? $"Type '{itemType}' is not supported by {StageName} since its NA value is equivalent to its default value"
        : PrimitiveValues.CanMiss(itemType) ? null
        : $"Type '{itemType}' is not supported by {StageName} since it doesn't have an NA value";
}
