namespace Microsoft.ML.Transforms;

/// <summary>Maps each row, as one object, to another object whose members become columns; each cursor has a state of its own.</summary>
public sealed class StatefulCustomMappingTransformer<TSrc, TDst, TState> : ITransformer
    where TSrc : class, new()
    where TDst : class, new()
    where TState : class, new()
{
    private readonly IHost _host;
    private readonly Action<TSrc, TDst, TState> _map;
    private readonly Action<TState> _initialize;
    private readonly string _contractName;

    internal StatefulCustomMappingTransformer(
        IHostEnvironment env, Action<TSrc, TDst, TState> mapAction, string contractName, Action<TState> stateInitAction)
    {
        _host = Contracts.CheckValue(env, nameof(env)).Register(nameof(StatefulCustomMappingTransformer<TSrc, TDst, TState>));
        _map = _host.CheckValue(mapAction, nameof(mapAction));
        _initialize = _host.CheckValue(stateInitAction, nameof(stateInitAction));
        _contractName = contractName;
        AddedMembers = RowMember.Of(typeof(TDst), null, SchemaDefinition.Direction.Write);
    }

    bool ITransformer.IsRowToRowMapper => true;

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
        return new(_host, inputSchema, MappedObject<TSrc, TDst>.Columns(_host, inputSchema, null, AddedMembers, NewMap));
    }

    private Action<TSrc, TDst> NewMap()
    {
        var state = new TState();
        _initialize(state);
        return (source, target) => _map(source, target, state);
    }
}
