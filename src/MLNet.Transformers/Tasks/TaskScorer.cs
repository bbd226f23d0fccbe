using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Tasks;

/// <summary>Scores rows with a fine-tuned model.</summary>
internal sealed class TaskScorer<TExample, TPrediction>(
    FineTuningTask<TExample, TPrediction> task, SharedModel<FineTunedModel>.Lease model, int batchTokens) : RowScorer<TExample, TPrediction>
{
    public override IReadOnlyList<InputColumn> Inputs => task.Inputs;

    public override IReadOnlyList<OutputColumn> Outputs => task.Outputs;

    public override int BatchTokens => batchTokens;

    public override Func<TExample> CreateReader(DataViewRow row) => task.CreateReader(row, model.Model, training: false);

    public override int LengthOf(TExample row) => task.LengthOf(row);

    public override ScoringSession<TExample, TPrediction> Open() => new Session(task, model.Share());

    public override Delegate CreateGetter(OutputColumn column, Func<TPrediction> current) => task.CreateGetter(column, current);

    public override void ThrowIfDisposed() => _ = model.Model;

    public override void Dispose() => model.Dispose();

    private sealed class Session(FineTuningTask<TExample, TPrediction> task, SharedModel<FineTunedModel>.Lease model)
        : ScoringSession<TExample, TPrediction>
    {
        public override TPrediction[] Score(IReadOnlyList<TExample> rows) => task.Predict(model.Model, rows);

        public override void Dispose() => model.Dispose();
    }
}
