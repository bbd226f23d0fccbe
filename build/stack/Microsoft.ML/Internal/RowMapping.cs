namespace Microsoft.ML.Internal;

/// <summary>Mapped columns bound to an input schema: the output schema is the input's columns followed by them.</summary>
internal sealed class RowMapping : IRowToRowMapper
{
    private readonly IHost _host;
    private readonly MappedColumn[] _columns;

    public RowMapping(IHost host, DataViewSchema inputSchema, IEnumerable<MappedColumn> columns)
    {
        _host = host;
        _columns = [.. columns];
        InputSchema = inputSchema;
        var schema = new DataViewSchema.Builder();
        schema.AddColumns(inputSchema);
        schema.AddColumns(_columns.Select(column => column.Column));
        OutputSchema = schema.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var needed = new bool[InputSchema.Count];
        foreach (var column in dependingColumns)
        {
            if (column.Index < needed.Length)
            {
                needed[column.Index] = true;
                continue;
            }

            foreach (var dependency in _columns[column.Index - needed.Length].Dependencies)
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

    /// <summary>The getter of an output column: the input's own, or one of the added.</summary>
    public ValueGetter<TValue> GetGetter<TValue>(DataViewRow input, Delegate[] getters, DataViewSchema.Column column)
    {
        if (column.Index < InputSchema.Count)
            return input.GetGetter<TValue>(InputSchema[column.Index]);
        var getter = getters[column.Index - InputSchema.Count];
        return getter as ValueGetter<TValue>
            ?? throw Contracts.Except(
                $"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{getter.GetType().GetGenericArguments()[0]}'.");
    }

    private Delegate[] Getters(DataViewRow input, bool[] active, out MappedRow row)
    {
        var inputs = InputSchema.Count;
        var mapped = row = new MappedRow(input, IsActive);
        return [.. _columns.Select((column, i) => active[inputs + i] ? column.MakeGetter(mapped) : null)];

        bool IsActive(string name) => Enumerable.Range(0, _columns.Length).Any(i => active[inputs + i] && _columns[i].Column.Name == name);
    }
}
