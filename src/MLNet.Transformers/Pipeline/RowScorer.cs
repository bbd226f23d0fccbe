namespace MLNet.Transformers.Pipeline;

/// <summary>How a stage turns rows into results: the part of it that views, cursors and prediction engines share.</summary>
internal interface IRowScorer : IDisposable
{
    ColumnBindings Bind(DataViewSchema schema);

    IDataView CreateView(IDataView input);

    IRowToRowMapper CreateMapper(DataViewSchema schema);

    void ThrowIfDisposed();
}

/// <inheritdoc cref="IRowScorer"/>
/// <typeparam name="TRow">What is read of a row: one model input.</typeparam>
/// <typeparam name="TResult">What the model says of it.</typeparam>
internal abstract class RowScorer<TRow, TResult> : IRowScorer
{
    /// <summary>How many rows a cursor reads ahead at most, to sort them by length: their results are in memory together.</summary>
    public virtual int Window => 2048;

    public abstract IReadOnlyList<InputColumn> Inputs { get; }

    public abstract IReadOnlyList<OutputColumn> Outputs { get; }

    /// <summary>The most elements, padding included, that one forward pass takes.</summary>
    public abstract int BatchTokens { get; }

    /// <summary>What a forward pass costs beside its elements, in elements: batches are cut where padding would cost more.</summary>
    public virtual int PassCost => LengthBatches.AsFew;

    /// <summary>Reads the model input of the row that <paramref name="row"/> stands on.</summary>
    public abstract Func<TRow> CreateReader(DataViewRow row);

    public abstract int LengthOf(TRow row);

    /// <summary>Holds the model for one owner; rows are scored through it.</summary>
    public abstract ScoringSession<TRow, TResult> Open();

    /// <summary>Holds the model for an owner that wants some of the outputs only.</summary>
    public virtual ScoringSession<TRow, TResult> Open(IReadOnlyList<OutputColumn> wanted) => Open();

    /// <summary>The <see cref="ValueGetter{TValue}"/> of that output over the current result.</summary>
    public abstract Delegate CreateGetter(OutputColumn column, Func<TResult> current);

    public abstract void ThrowIfDisposed();

    public abstract void Dispose();

    public ColumnBindings Bind(DataViewSchema schema) => new(Inputs, Outputs, schema);

    public IDataView CreateView(IDataView input) => new BatchedView<TRow, TResult>(this, input);

    public IRowToRowMapper CreateMapper(DataViewSchema schema) => new SingleRowMapper<TRow, TResult>(this, schema);
}

/// <summary>One owner's use of a model.</summary>
internal abstract class ScoringSession<TRow, TResult> : IDisposable
{
    /// <summary>The results of these rows, in their order, from one forward pass.</summary>
    public abstract TResult[] Score(IReadOnlyList<TRow> rows);

    public abstract void Dispose();
}
