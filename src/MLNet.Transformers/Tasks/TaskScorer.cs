using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Tasks;

/// <summary>Scores rows with a model that was trained for a task.</summary>
internal sealed class TaskScorer<TModel, TRow, TPrediction>(
    IAnsweringTask<TModel, TRow, TPrediction> task, SharedModel<TModel>.Lease model, int batchTokens) : RowScorer<TRow, TPrediction>
    where TModel : class, IDisposable
{
    public override IReadOnlyList<InputColumn> Inputs => task.Inputs;

    public override IReadOnlyList<OutputColumn> Outputs => task.Outputs;

    public override int BatchTokens => batchTokens;

    public override int PassCost => CostOfPass ?? base.PassCost;

    /// <summary>What a forward pass costs beside its elements, in elements; null where there should be as few as may be.</summary>
    public int? CostOfPass { get; init; }

    public override int Window => RowsAhead ?? base.Window;

    /// <summary>How many rows are in memory together at most; null for as many as are usual.</summary>
    public int? RowsAhead { get; init; }

    public override Func<TRow> CreateReader(DataViewRow row) => task.CreateReader(row, model.Model);

    public override int LengthOf(TRow row) => task.LengthOf(row);

    public override ScoringSession<TRow, TPrediction> Open() => new Session(task, model.Share());

    public override Delegate CreateGetter(OutputColumn column, Func<TPrediction> current) => task.CreateGetter(column, current);

    public override void ThrowIfDisposed() => _ = model.Model;

    public override void Dispose() => model.Dispose();

    private sealed class Session(IAnsweringTask<TModel, TRow, TPrediction> task, SharedModel<TModel>.Lease model) : ScoringSession<TRow, TPrediction>
    {
        public override TPrediction[] Score(IReadOnlyList<TRow> rows) => task.Predict(model.Model, rows);

        public override void Dispose() => model.Dispose();
    }
}
