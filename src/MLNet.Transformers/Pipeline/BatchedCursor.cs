namespace MLNet.Transformers.Pipeline;

/// <summary>Passes the input's columns through, with the results of a look-ahead beside them.</summary>
internal sealed class BatchedCursor<TRow, TResult> : DataViewRowCursor
{
    private readonly ColumnBindings bindings;
    private readonly bool[] active;
    private readonly DataViewRowCursor input;
    private readonly LookAhead<TRow, TResult>? ahead;
    private readonly OutputGetters<TRow, TResult> getters;
    private TResult? current;
    private bool stands;

    public BatchedCursor(
        RowScorer<TRow, TResult> scorer, ColumnBindings bindings, bool[] active, DataViewRowCursor input, LookAhead<TRow, TResult>? ahead)
    {
        this.bindings = bindings;
        this.active = active;
        this.input = input;
        this.ahead = ahead;
        getters = new OutputGetters<TRow, TResult>(scorer, bindings, active, Current);
    }

    public override long Position => input.Position;

    public override long Batch => 0;

    public override DataViewSchema Schema => bindings.OutputSchema;

    public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => getters.Get<TValue>(column, input);

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool MoveNext()
    {
        stands = input.MoveNext();
        if (stands && ahead is not null)
        {
            current = ahead.Next();
        }
        return stands;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            ahead?.Dispose();
            input.Dispose();
        }
        base.Dispose(disposing);
    }

    private TResult Current() => stands ? current! : throw new InvalidOperationException("The cursor stands on no row: call MoveNext first.");
}
