namespace Microsoft.ML.Transforms;

/// <summary>Some columns of a schema, in some order.</summary>
internal sealed class SelectedColumns : IRowToRowMapper
{
    private readonly DataViewSchema.Column[] _sources;

    public SelectedColumns(DataViewSchema inputSchema, DataViewSchema.Column[] sources)
    {
        InputSchema = inputSchema;
        _sources = sources;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(sources);
        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public DataViewSchema.Column Source(DataViewSchema.Column column) => _sources[column.Index];

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var needed = dependingColumns.Select(Source).ToHashSet();
        return [.. InputSchema.Where(needed.Contains)];
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) =>
        new Row(input, this, OutputSchema.ActiveFlags(activeColumns));

    private sealed class Row(DataViewRow input, SelectedColumns columns, bool[] active) : DataViewRow
    {
        private bool _disposed;

        public override DataViewSchema Schema => columns.OutputSchema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Contracts.Check(IsColumnActive(column));
            return input.GetGetter<TValue>(columns.Source(column));
        }

        protected override void Dispose(bool disposing)
        {
            if (_disposed)
                return;
            _disposed = true;
            input.Dispose();
            base.Dispose(disposing);
        }
    }
}
