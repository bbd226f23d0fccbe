namespace MLNet.Transformers.Pipeline;

/// <summary>A stage's output over a data view: lazy, and scored many rows at a time.</summary>
internal sealed class BatchedView<TRow, TResult> : IDataView
{
    private readonly RowScorer<TRow, TResult> scorer;
    private readonly IDataView input;
    private readonly ColumnBindings bindings;

    public BatchedView(RowScorer<TRow, TResult> scorer, IDataView input)
    {
        this.scorer = scorer;
        this.input = input;
        bindings = scorer.Bind(input.Schema);
    }

    public DataViewSchema Schema => bindings.OutputSchema;

    /// <summary>Rows are read ahead by a second cursor, which must meet them in the same order.</summary>
    public bool CanShuffle => false;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        scorer.ThrowIfDisposed();
        var active = bindings.Active(columnsNeeded);
        var ahead = bindings.AnyOutput(active)
            ? new LookAhead<TRow, TResult>(scorer, input.GetRowCursor(bindings.Inputs), bindings.WantedOutputs(active))
            : null;
        try
        {
            return new BatchedCursor<TRow, TResult>(scorer, bindings, active, input.GetRowCursor(bindings.PassedThrough(active)), ahead);
        }
        catch
        {
            ahead?.Dispose();
            throw;
        }
    }

    /// <summary>One cursor: the model itself uses all cores.</summary>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}
