using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>The stages that copy, choose and put together columns.</summary>
public static class TransformExtensionsCatalog
{
    /// <summary>Gives a column another name as well.</summary>
    public static ColumnCopyingEstimator CopyColumns(this TransformsCatalog catalog, string outputColumnName, string inputColumnName) =>
        new(catalog.GetEnvironment(), (outputColumnName, inputColumnName));

    /// <summary>Puts columns together into one vector.</summary>
    public static ColumnConcatenatingEstimator Concatenate(
        this TransformsCatalog catalog, string outputColumnName, params string[] inputColumnNames) =>
        new(catalog.GetEnvironment(), outputColumnName, inputColumnNames);

    /// <summary>Drops columns and keeps all others.</summary>
    public static ColumnSelectingEstimator DropColumns(this TransformsCatalog catalog, params string[] columnNames) =>
        new(catalog.GetEnvironment(), ColumnSelection.Drop(columnNames));

    /// <summary>Keeps columns, hidden ones too if wanted, and drops all others.</summary>
    public static ColumnSelectingEstimator SelectColumns(this TransformsCatalog catalog, string[] columnNames, bool keepHidden) =>
        new(catalog.GetEnvironment(), ColumnSelection.Keep(columnNames, keepHidden));

    /// <summary>Keeps columns and drops all others.</summary>
    public static ColumnSelectingEstimator SelectColumns(this TransformsCatalog catalog, params string[] columnNames) =>
        new(catalog.GetEnvironment(), ColumnSelection.Keep(columnNames, keepsHidden: false));
}
