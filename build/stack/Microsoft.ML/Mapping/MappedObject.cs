namespace Microsoft.ML.Internal;

/// <summary>An output object that is computed once a row from an input object, and whose members are columns.</summary>
internal sealed class MappedObject<TSrc, TDst>
    where TSrc : class, new()
    where TDst : class, new()
{
    private readonly DataViewRow _input;
    private readonly ObjectFiller<TSrc> _filler;
    private readonly ObjectRow<TDst> _output;
    private readonly Action<TSrc, TDst> _map;
    private readonly TSrc _source = new();
    private readonly TDst _target = new();
    private long _position = -1;

    public MappedObject(IHost host, DataViewRow input, ObjectBinding<TSrc> binding, RowMember[] members, Action<TSrc, TDst> map)
    {
        _input = input;
        _filler = binding.GetFiller(input);
        _output = new(host, members);
        _map = map;
    }

    /// <summary>The columns that the members of the output object stand for.</summary>
    public static IEnumerable<MappedColumn> Columns(
        IHost host, DataViewSchema inputSchema, SchemaDefinition inputDefinition, RowMember[] members, Func<Action<TSrc, TDst>> map)
    {
        var binding = new ObjectBinding<TSrc>(host, inputSchema, ignoreMissingColumns: false, inputDefinition);
        DataViewSchema.Column[] dependencies = [.. binding.Columns];
        return RowMember.SchemaOf(members).Select(column => MappedColumn.Create(
            column.Name, column.Type, column.Annotations, dependencies,
            row => row.Shared(row => new MappedObject<TSrc, TDst>(host, row.Input, binding, members, map())).GetterOf(column.Index)));
    }

    private Delegate GetterOf(int member)
    {
        var column = _output.Schema[member];
        return Generic.Invoke<Delegate>(Getter<int>, column.Type.RawType, column);
    }

    private ValueGetter<TValue> Getter<TValue>(DataViewSchema.Column column)
    {
        var get = _output.GetGetter<TValue>(column);
        return (ref TValue value) =>
        {
            Refresh();
            get(ref value);
        };
    }

    private void Refresh()
    {
        if (_position == _input.Position)
            return;
        _filler.Fill(_source);
        _map(_source, _target);
        _output.Set(_target);
        _position = _input.Position;
    }
}
