namespace Microsoft.ML.Internal;

/// <summary>
/// Mapped columns bound to an input schema. In the output schema an added column stands right after the last of its name,
/// which it hides, or at the end.
/// </summary>
internal sealed class RowMapping : IRowToRowMapper
{
    private readonly IHost _host;
    private readonly MappedColumn[] _added;

    // For each output column the input column that it is, or the complement of the added one.
    private readonly int[] _sources;

    public RowMapping(IHost host, DataViewSchema inputSchema, IEnumerable<MappedColumn> columns)
    {
        _host = host;
        _added = [.. columns];
        InputSchema = inputSchema;
        var names = inputSchema.Select(column => column.Name).ToList();
        var sources = Enumerable.Range(0, inputSchema.Count).ToList();
        for (var i = 0; i < _added.Length; i++)
        {
            var name = _added[i].Column.Name;
            var hidden = names.LastIndexOf(name);
            var place = hidden < 0 ? names.Count : hidden + 1;
            names.Insert(place, name);
            sources.Insert(place, ~i);
        }

        _sources = [.. sources];
        var schema = new DataViewSchema.Builder();
        schema.AddColumns(_sources.Select(source => source < 0 ? _added[~source].Column : new(inputSchema[source])));
        OutputSchema = schema.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var needed = new bool[InputSchema.Count];
        foreach (var column in dependingColumns)
        {
            var source = _sources[column.Index];
            if (source >= 0)
            {
                needed[source] = true;
                continue;
            }

            foreach (var dependency in _added[~source].Dependencies)
                needed[dependency.Index] = true;
        }

        return [.. InputSchema.Where(column => needed[column.Index])];
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        _host.CheckValue(input, nameof(input));
        _host.CheckValue(activeColumns, nameof(activeColumns));
        _host.Check(input.Schema == InputSchema, "Schema of input row must be the same as the schema the mapper is bound to");
        var active = OutputSchema.ActiveFlags(activeColumns);
        return new MappingRow(input, this, Getters(input, active, out var row), row);
    }

    public MappingCursor GetCursor(DataViewRowCursor input, bool[] active) =>
        new(_host, input, this, active, Getters(input, active, out var row), row);

    /// <summary>Whether an output column is active, given the input row and the getters of the added columns.</summary>
    public bool IsActive(DataViewRow input, Delegate[] getters, DataViewSchema.Column column)
    {
        var source = _sources[column.Index];
        return source >= 0 ? input.IsColumnActive(InputSchema[source]) : getters[~source] is not null;
    }

    /// <summary>The getter of an output column: the input's own, or one of those of the added columns.</summary>
    public ValueGetter<TValue> GetGetter<TValue>(DataViewRow input, Delegate[] getters, DataViewSchema.Column column)
    {
        var source = _sources[column.Index];
        if (source >= 0)
            return input.GetGetter<TValue>(InputSchema[source]);
        var getter = getters[~source];
        return getter as ValueGetter<TValue>
            ?? throw Contracts.Except(
                $"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{getter.GetType().GetGenericArguments()[0]}'.");
    }

    private Delegate[] Getters(DataViewRow input, bool[] active, out MappedRow row)
    {
        var added = new bool[_added.Length];
        for (var i = 0; i < _sources.Length; i++)
        {
            if (_sources[i] < 0)
                added[~_sources[i]] = active[i];
        }

        var mapped = row = new MappedRow(input, name => Array.FindIndex(_added, column => column.Column.Name == name) is var i and >= 0 && added[i]);
        return [.. _added.Select((column, i) => added[i] ? column.MakeGetter(mapped) : null)];
    }
}
