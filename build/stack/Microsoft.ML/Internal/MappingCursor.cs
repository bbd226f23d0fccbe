namespace Microsoft.ML.Internal;

/// <summary>An input cursor with mapped columns added.</summary>
internal sealed class MappingCursor(
    IHost host, DataViewRowCursor input, RowMapping mapping, bool[] active, Delegate[] getters, MappedRow mapped)
    : SynchronizedCursorBase(host, input)
{
    public override DataViewSchema Schema => mapping.OutputSchema;

    public override bool IsColumnActive(DataViewSchema.Column column)
    {
        Host.Check(column.Index < active.Length);
        return active[column.Index];
    }

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Host.Check(IsColumnActive(column));
        return mapping.GetGetter<TValue>(Input, getters, column);
    }

    protected override void DisposeCore() => mapped.Dispose();
}
