namespace Microsoft.ML.Internal;

/// <summary>A data view with rows of its own, or with a selection of another's, read by one cursor at a time.</summary>
internal abstract class RootDataView(IHost host, DataViewSchema schema) : IDataView
{
    public virtual bool CanShuffle => false;

    public DataViewSchema Schema { get; } = schema;

    protected IHost Host { get; } = host;

    public virtual long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        Host.CheckValue(columnsNeeded, nameof(columnsNeeded));
        return OpenCursor(Schema.ActiveFlags(columnsNeeded), rand);
    }

    public virtual DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    protected abstract DataViewRowCursor OpenCursor(bool[] active, Random rand);
}
