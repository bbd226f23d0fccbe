using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>The stages that deal with missing values.</summary>
public static class ExtensionsCatalog
{
    /// <summary>Tells which values of a column are missing.</summary>
    public static MissingValueIndicatorEstimator IndicateMissingValues(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName = null) =>
        new(catalog.GetEnvironment(), (outputColumnName, inputColumnName ?? outputColumnName));

    /// <summary>Tells which values of columns are missing.</summary>
    public static MissingValueIndicatorEstimator IndicateMissingValues(this TransformsCatalog catalog, InputOutputColumnPair[] columns) =>
        new(catalog.GetEnvironment(), InputOutputColumnPair.ConvertToValueTuples(Contracts.CheckValue(columns, nameof(columns))));

    /// <summary>Replaces the missing values of a column.</summary>
    public static MissingValueReplacingEstimator ReplaceMissingValues(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName = null,
        MissingValueReplacingEstimator.ReplacementMode replacementMode = MissingValueReplacingEstimator.ReplacementMode.DefaultValue,
        bool imputeBySlot = true) =>
        new(catalog.GetEnvironment(), new MissingValueColumn(outputColumnName, inputColumnName ?? outputColumnName, replacementMode, imputeBySlot));

    /// <summary>Replaces the missing values of columns.</summary>
    public static MissingValueReplacingEstimator ReplaceMissingValues(
        this TransformsCatalog catalog,
        InputOutputColumnPair[] columns,
        MissingValueReplacingEstimator.ReplacementMode replacementMode = MissingValueReplacingEstimator.ReplacementMode.DefaultValue,
        bool imputeBySlot = true) =>
        new(catalog.GetEnvironment(), [.. Contracts.CheckValue(columns, nameof(columns)).Select(column =>
            new MissingValueColumn(column.OutputColumnName, column.InputColumnName, replacementMode, imputeBySlot))]);
}
