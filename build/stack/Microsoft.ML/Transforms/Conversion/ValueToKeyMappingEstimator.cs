namespace Microsoft.ML.Transforms;

/// <summary>Numbers the values of columns as keys.</summary>
public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
{
    internal const int DefaultMaximum = 1_000_000;

    private readonly IHost _host;
    private readonly ValueToKeyColumn[] _columns;
    private readonly IDataView _keyData;

    internal ValueToKeyMappingEstimator(IHostEnvironment environment, IDataView keyData, params ValueToKeyColumn[] columns)
    {
        _host = Contracts.CheckValue(environment, nameof(environment)).Register(nameof(ValueToKeyMappingEstimator));
        _columns = _host.CheckNonEmpty(columns, nameof(columns));
        foreach (var column in columns)
            _host.CheckNonWhiteSpace(column.OutputColumnName, "outputColumnName");
        if (keyData is not null && keyData.Schema.Count != 1)
            throw _host.ExceptParam(nameof(keyData), "If specified, this data view should contain only a single column " +
                $"containing the terms to map, but this had {keyData.Schema.Count} columns.");
        _keyData = keyData;
    }

    /// <summary>The order that keys are given in.</summary>
    public enum KeyOrdinality : byte
    {
        /// <summary>As the values first occur.</summary>
        ByOccurrence = 0,

        /// <summary>As the values sort.</summary>
        ByValue = 1,
    }

    /// <summary>Collects the values, from the key data if there are any, else from the input.</summary>
    public ValueToKeyMappingTransformer Fit(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        DataViewSchema.Column[] sources = [.. _columns.Select(column => Source(input.Schema, column.InputColumnName))];
        var vocabularies = _keyData is null ? KeyLearning.Learn(_host, input, sources, _columns) : FromKeyData(sources);
        return new(_host, [.. _columns.Zip(vocabularies)]);
    }

    /// <summary>The schema with keys in place of values.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        return inputSchema.With(_columns.Select(column => Map(column, inputSchema.Input(_host, column.InputColumnName))));
    }

    internal static DataViewSchema.Column Source(IHost host, DataViewSchema schema, string name) =>
        schema.Input(host, name, type => type.GetItemType() is KeyDataViewType || type.GetItemType().IsStandardScalar(),
            "standard type or a vector of standard type");

    private DataViewSchema.Column Source(DataViewSchema schema, string name) => Source(_host, schema, name);

    private KeyVocabulary[] FromKeyData(DataViewSchema.Column[] sources)
    {
        var keyColumn = _keyData.Schema[0];
        var itemType = (PrimitiveDataViewType)sources[0].Type.GetItemType();
        _host.CheckUserArg(keyColumn.Type.Equals(itemType), "keyData",
            $"Input data's column must be of type '{itemType}' but was '{keyColumn.Type}'");
        var vocabulary = KeyLearning.Learn(
            _host, _keyData, [keyColumn], [_columns[0] with { MaximumNumberOfKeys = int.MaxValue }])[0];
        foreach (var (column, source) in _columns.Zip(sources))
            _host.CheckParam(source.Type.GetItemType().Equals(itemType), "keyData",
                $"Terms from input data type '{itemType}' but mismatches column '{column.OutputColumnName}' item type '{source.Type.GetItemType()}'");
        return [.. sources.Select(_ => vocabulary)];
    }

    private SchemaShape.Column Map(ValueToKeyColumn column, SchemaShape.Column input)
    {
        if (!input.ItemType.IsStandardScalar())
            throw _host.ExceptSchemaMismatch("inputSchema", "input", column.InputColumnName);
        // Keys of keys keep those keys' values.
        if (!input.IsKey || !input.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out var values)
            || values.Kind != SchemaShape.Column.VectorKind.Vector)
            values = new(AnnotationKinds.KeyValues, SchemaShape.Column.VectorKind.Vector,
                column.ValuesAsText ? TextDataViewType.Instance : input.ItemType, input.IsKey);
        var annotations = input.Annotations.Where(annotation => annotation.Name == AnnotationKinds.SlotNames).Append(values);
        return new(column.OutputColumnName, input.Kind, NumberDataViewType.UInt32, true, new SchemaShape(annotations));
    }
}
