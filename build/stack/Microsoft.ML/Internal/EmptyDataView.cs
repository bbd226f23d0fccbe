namespace Microsoft.ML.Internal;

/// <summary>A data view that has a schema and no rows.</summary>
internal sealed class EmptyDataView(IHostEnvironment env, DataViewSchema schema)
    : RootDataView(env.Register(nameof(EmptyDataView)), schema)
{
    public override bool CanShuffle => true;

    public override long? GetRowCount() => 0;

    protected override DataViewRowCursor OpenCursor(bool[] active, Random rand) => new Cursor(Host, Schema, active);

    private sealed class Cursor(IHost host, DataViewSchema schema, bool[] active) : RootCursorBase(host)
    {
        public override DataViewSchema Schema => schema;

        public override long Batch => 0;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId _) => throw CursorState.ExceptNoRow(Host);

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Host.CheckParam(IsColumnActive(column), nameof(column), "requested column not active");
            return (ref TValue _) => throw CursorState.ExceptNoRow(Host);
        }

        protected override bool MoveNextCore() => false;
    }
}
