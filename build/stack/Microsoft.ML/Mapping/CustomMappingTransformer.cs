namespace Microsoft.ML.Transforms;

/// <summary>Maps each row, as one object, to another object whose members become columns.</summary>
public sealed class CustomMappingTransformer<TSrc, TDst> : ITransformer
    where TSrc : class, new()
    where TDst : class, new()
{
    private readonly IHost _host;
    private readonly Action<TSrc, TDst> _map;
    private readonly string _contractName;

    internal CustomMappingTransformer(
        IHostEnvironment env,
        Action<TSrc, TDst> mapAction,
        string contractName,
        SchemaDefinition inputSchemaDefinition = null,
        SchemaDefinition outputSchemaDefinition = null)
    {
        _host = Contracts.CheckValue(env, nameof(env)).Register(nameof(CustomMappingTransformer<TSrc, TDst>));
        _map = _host.CheckValue(mapAction, nameof(mapAction));
        _contractName = contractName;
        InputDefinition = inputSchemaDefinition;
        AddedMembers = RowMember.Of(typeof(TDst), outputSchemaDefinition, SchemaDefinition.Direction.Write);
    }

    bool ITransformer.IsRowToRowMapper => true;

    internal SchemaDefinition InputDefinition { get; }

    internal RowMember[] AddedMembers { get; }

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).OutputSchema;

    public IDataView Transform(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        return new MappedDataView(_host, input, Bind(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Bind(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx) => CustomMappingContract.Save(_host, ctx, _contractName, _map);

    private RowMapping Bind(DataViewSchema inputSchema)
    {
        _host.CheckValue(inputSchema, nameof(inputSchema));
        return new(_host, inputSchema, MappedObject<TSrc, TDst>.Columns(_host, inputSchema, InputDefinition, AddedMembers, () => _map));
    }
}
