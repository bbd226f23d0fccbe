namespace Microsoft.ML.Transforms;

/// <summary>A cursor over some of the rows of another, in their order.</summary>
internal abstract class SelectingCursor(IHost host, DataViewRowCursor input, bool[] active) : RootCursorBase(host)
{
    public override DataViewSchema Schema => Input.Schema;

    public override long Batch => 0;

    protected DataViewRowCursor Input { get; } = input;

    public override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column)
    {
        Host.Check(column.Index < active.Length);
        return active[column.Index];
    }

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Host.Check(IsColumnActive(column));
        return Input.GetGetter<TValue>(column);
    }

    protected override void DisposeCore() => Input.Dispose();
}
