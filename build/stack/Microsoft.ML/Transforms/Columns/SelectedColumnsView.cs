namespace Microsoft.ML.Transforms;

/// <summary>A view of some columns of another.</summary>
internal sealed class SelectedColumnsView(IHost host, IDataView source, SelectedColumns columns) : IDataView
{
    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => columns.OutputSchema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        var needed = host.CheckValue(columnsNeeded, nameof(columnsNeeded)).ToArray();
        return Wrap(source.GetRowCursor(columns.GetDependencies(needed), rand), needed);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        var needed = host.CheckValue(columnsNeeded, nameof(columnsNeeded)).ToArray();
        return [.. source.GetRowCursorSet(columns.GetDependencies(needed), n, rand).Select(input => Wrap(input, needed))];
    }

    private Cursor Wrap(DataViewRowCursor input, DataViewSchema.Column[] needed) => new(host, input, columns, Schema.ActiveFlags(needed));

    private sealed class Cursor(IHost host, DataViewRowCursor input, SelectedColumns columns, bool[] active) : SynchronizedCursorBase(host, input)
    {
        public override DataViewSchema Schema => columns.OutputSchema;

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Host.Check(IsColumnActive(column));
            return Input.GetGetter<TValue>(columns.Source(column));
        }
    }
}
