using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tasks;

/// <summary>A training run with its examples read.</summary>
internal interface IFineTuningRun
{
    TrainingResult Run(IProgress<TrainingProgress> progress, CancellationToken cancellation);
}

/// <inheritdoc/>
internal sealed class FineTuningRun<TExample>(TrainingRun<TExample> run, FineTuningExamples<TExample> examples) : IFineTuningRun
{
    public TrainingResult Run(IProgress<TrainingProgress> progress, CancellationToken cancellation) =>
        run.Run(examples.Training, examples.Validation.Count > 0 ? examples.Validation : null, progress, cancellation);
}
