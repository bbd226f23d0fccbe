namespace Microsoft.ML.Internal;

/// <summary>A data view with mapped columns added, whose cursors compute only what is asked of them.</summary>
internal sealed class MappedDataView(IHost host, IDataView source, RowMapping mapping) : IDataView
{
    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => mapping.OutputSchema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        host.CheckValue(columnsNeeded, nameof(columnsNeeded));
        var needed = columnsNeeded.ToArray();
        return mapping.GetCursor(source.GetRowCursor(mapping.GetDependencies(needed), rand), Schema.ActiveFlags(needed));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        host.CheckValue(columnsNeeded, nameof(columnsNeeded));
        var needed = columnsNeeded.ToArray();
        var active = Schema.ActiveFlags(needed);
        return [.. source.GetRowCursorSet(mapping.GetDependencies(needed), n, rand).Select(input => mapping.GetCursor(input, active))];
    }
}
