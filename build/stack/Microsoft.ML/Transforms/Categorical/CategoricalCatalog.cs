using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>The stages that encode categories.</summary>
public static class CategoricalCatalog
{
    /// <summary>Turns the values of a column into vectors with a 1 where the value is.</summary>
    public static OneHotEncodingEstimator OneHotEncoding(
        this TransformsCatalog.CategoricalTransforms catalog,
        string outputColumnName,
        string inputColumnName = null,
        OneHotEncodingEstimator.OutputKind outputKind = OneHotEncodingEstimator.OutputKind.Indicator,
        int maximumNumberOfKeys = ValueToKeyMappingEstimator.DefaultMaximum,
        ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
        IDataView keyData = null) =>
        new(catalog.GetEnvironment(), outputKind, keyData, new ValueToKeyColumn(
            outputColumnName, inputColumnName ?? outputColumnName, maximumNumberOfKeys, keyOrdinality, ValuesAsText: true));

    /// <summary>Turns the values of columns into vectors with a 1 where the value is.</summary>
    public static OneHotEncodingEstimator OneHotEncoding(
        this TransformsCatalog.CategoricalTransforms catalog,
        InputOutputColumnPair[] columns,
        OneHotEncodingEstimator.OutputKind outputKind = OneHotEncodingEstimator.OutputKind.Indicator,
        int maximumNumberOfKeys = ValueToKeyMappingEstimator.DefaultMaximum,
        ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
        IDataView keyData = null) =>
        new(catalog.GetEnvironment(), outputKind, keyData, [.. Contracts.CheckValue(columns, nameof(columns)).Select(column => new ValueToKeyColumn(
            column.OutputColumnName, column.InputColumnName, maximumNumberOfKeys, keyOrdinality, ValuesAsText: true))]);
}
