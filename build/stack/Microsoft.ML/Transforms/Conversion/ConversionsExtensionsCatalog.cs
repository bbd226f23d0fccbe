using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>The stages that turn values of one type into another.</summary>
public static partial class ConversionsExtensionsCatalog
{
    /// <summary>Numbers the values of a column as keys.</summary>
    public static ValueToKeyMappingEstimator MapValueToKey(
        this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName,
        string inputColumnName = null,
        int maximumNumberOfKeys = ValueToKeyMappingEstimator.DefaultMaximum,
        ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
        bool addKeyValueAnnotationsAsText = false,
        IDataView keyData = null) =>
        new(catalog.GetEnvironment(), keyData, new ValueToKeyColumn(
            outputColumnName, inputColumnName ?? outputColumnName, maximumNumberOfKeys, keyOrdinality, addKeyValueAnnotationsAsText));

    /// <summary>Numbers the values of columns as keys.</summary>
    public static ValueToKeyMappingEstimator MapValueToKey(
        this TransformsCatalog.ConversionTransforms catalog,
        InputOutputColumnPair[] columns,
        int maximumNumberOfKeys = ValueToKeyMappingEstimator.DefaultMaximum,
        ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
        bool addKeyValueAnnotationsAsText = false,
        IDataView keyData = null) =>
        new(catalog.GetEnvironment(), keyData, [.. Contracts.CheckValue(columns, nameof(columns)).Select(column => new ValueToKeyColumn(
            column.OutputColumnName, column.InputColumnName, maximumNumberOfKeys, keyOrdinality, addKeyValueAnnotationsAsText))]);

    /// <summary>Turns values into keys by hashing them.</summary>
    public static HashingEstimator Hash(
        this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName,
        string inputColumnName = null,
        int numberOfBits = HashingEstimator.DefaultBits,
        int maximumNumberOfInverts = 0) =>
        new(catalog.GetEnvironment(), new HashingEstimator.ColumnOptions(
            outputColumnName, inputColumnName, numberOfBits, maximumNumberOfInverts: maximumNumberOfInverts));

    /// <summary>Turns the values of columns into keys by hashing them.</summary>
    public static HashingEstimator Hash(
        this TransformsCatalog.ConversionTransforms catalog, params HashingEstimator.ColumnOptions[] columns) =>
        new(catalog.GetEnvironment(), columns);

    /// <summary>Turns keys back into the values that they stand for.</summary>
    public static KeyToValueMappingEstimator MapKeyToValue(
        this TransformsCatalog.ConversionTransforms catalog, string outputColumnName, string inputColumnName = null) =>
        new(catalog.GetEnvironment(), (outputColumnName, inputColumnName ?? outputColumnName));

    /// <summary>Turns the keys of columns back into the values that they stand for.</summary>
    public static KeyToValueMappingEstimator MapKeyToValue(
        this TransformsCatalog.ConversionTransforms catalog, InputOutputColumnPair[] columns) =>
        new(catalog.GetEnvironment(), InputOutputColumnPair.ConvertToValueTuples(Contracts.CheckValue(columns, nameof(columns))));

    /// <summary>Turns keys into vectors with a 1 where the key is.</summary>
    public static KeyToVectorMappingEstimator MapKeyToVector(
        this TransformsCatalog.ConversionTransforms catalog, string outputColumnName, string inputColumnName = null, bool outputCountVector = false) =>
        new(catalog.GetEnvironment(), outputCountVector, (outputColumnName, inputColumnName ?? outputColumnName));

    /// <summary>Turns the keys of columns into vectors with a 1 where the key is.</summary>
    public static KeyToVectorMappingEstimator MapKeyToVector(
        this TransformsCatalog.ConversionTransforms catalog, InputOutputColumnPair[] columns, bool outputCountVector = false) =>
        new(catalog.GetEnvironment(), outputCountVector, InputOutputColumnPair.ConvertToValueTuples(Contracts.CheckValue(columns, nameof(columns))));

    /// <summary>Converts a column to another type.</summary>
    public static TypeConvertingEstimator ConvertType(
        this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName,
        string inputColumnName = null,
        DataKind outputKind = DataKind.Single) =>
        new(catalog.GetEnvironment(), outputKind, (outputColumnName, inputColumnName ?? outputColumnName));

    /// <summary>Converts columns to another type.</summary>
    public static TypeConvertingEstimator ConvertType(
        this TransformsCatalog.ConversionTransforms catalog, InputOutputColumnPair[] columns, DataKind outputKind = DataKind.Single) =>
        new(catalog.GetEnvironment(), outputKind, InputOutputColumnPair.ConvertToValueTuples(Contracts.CheckValue(columns, nameof(columns))));

    /// <summary>Maps values to others by a table.</summary>
    public static ValueMappingEstimator<TInputType, TOutputType> MapValue<TInputType, TOutputType>(
        this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName,
        IEnumerable<KeyValuePair<TInputType, TOutputType>> keyValuePairs,
        string inputColumnName = null,
        bool treatValuesAsKeyType = false) =>
        new(catalog.GetEnvironment(), ValueMap.Of(keyValuePairs, treatValuesAsKeyType), outputColumnName, inputColumnName ?? outputColumnName);

    /// <summary>Maps values to vectors by a table.</summary>
    public static ValueMappingEstimator<TInputType, TOutputType> MapValue<TInputType, TOutputType>(
        this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName,
        IEnumerable<KeyValuePair<TInputType, TOutputType[]>> keyValuePairs,
        string inputColumnName = null) =>
        new(catalog.GetEnvironment(), ValueMap.Of(keyValuePairs), outputColumnName, inputColumnName ?? outputColumnName);

    /// <summary>Maps values to others by two columns of a view.</summary>
    public static ValueMappingEstimator MapValue(
        this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName,
        IDataView lookupMap,
        DataViewSchema.Column keyColumn,
        DataViewSchema.Column valueColumn,
        string inputColumnName = null)
    {
        var host = catalog.GetEnvironment().Register(nameof(MapValue));
        host.CheckValue(lookupMap, nameof(lookupMap));
        return new(host, ValueMap.Read(host, lookupMap, keyColumn, valueColumn), outputColumnName, inputColumnName ?? outputColumnName);
    }
}
