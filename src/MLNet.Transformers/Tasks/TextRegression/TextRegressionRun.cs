using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tasks;

/// <summary>Trains on standardised numbers, and leaves a model that answers in their own unit.</summary>
internal sealed class TextRegressionRun(IFineTuningRun run, TargetScale scale, SequenceClassification head) : IFineTuningRun
{
    public TrainingResult Run(IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        scale.Enter(head);
        var result = run.Run(progress, cancellation);
        scale.Leave(head);
        return result;
    }
}
