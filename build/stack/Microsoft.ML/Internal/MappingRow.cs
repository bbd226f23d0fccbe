namespace Microsoft.ML.Internal;

/// <summary>An input row with mapped columns added.</summary>
internal sealed class MappingRow(DataViewRow input, RowMapping mapping, Delegate[] getters, MappedRow mapped) : DataViewRow
{
    private bool _disposed;

    public override DataViewSchema Schema => mapping.OutputSchema;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => mapping.IsActive(input, getters, column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Contracts.Check(IsColumnActive(column));
        return mapping.GetGetter<TValue>(input, getters, column);
    }

    protected override void Dispose(bool disposing)
    {
        if (_disposed)
            return;
        _disposed = true;
        mapped.Dispose();
        input.Dispose();
        base.Dispose(disposing);
    }
}
