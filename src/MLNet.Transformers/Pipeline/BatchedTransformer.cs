namespace MLNet.Transformers.Pipeline;

/// <summary>A transformer that adds columns computed by a model, many rows at a time.</summary>
/// <remarks>
/// The model lives as long as anybody uses it: disposing the transformer, or the prediction engine that owns it, leaves
/// other engines and open cursors at work. Any number of threads may use the transformer; a cursor or a prediction engine
/// belongs to one.
/// </remarks>
public abstract class BatchedTransformer : ITransformer, IDisposable
{
    private readonly IRowScorer scorer;

    private protected BatchedTransformer(IRowScorer scorer) => this.scorer = scorer;

    /// <summary>True: each output row depends on its input row alone.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>The input's columns and, after them, the stage's own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or of another type.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return scorer.Bind(inputSchema).OutputSchema;
    }

    /// <summary>The input with the stage's columns, computed when a cursor reads them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or of another type.</exception>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ThrowIfDisposed();
        return scorer.CreateView(input);
    }

    /// <summary>The stage as a map of single rows, as prediction engines use it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An input column is missing or of another type.</exception>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        ThrowIfDisposed();
        return scorer.CreateMapper(inputSchema);
    }

    /// <summary>Lets go of the model. Further calls do nothing.</summary>
    public void Dispose()
    {
        scorer.Dispose();
        GC.SuppressFinalize(this);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ThrowIfDisposed();
        Save(ctx);
    }

    private protected abstract void Save(ModelSaveContext context);

    private void ThrowIfDisposed() => scorer.ThrowIfDisposed();
}
