namespace Microsoft.ML.Trainers;

/// <summary>The negative log-likelihood of a logistic function of one score, for labels 0 and 1.</summary>
internal sealed class LogisticLoss(TrainingExamples examples, int features, float l2, ParallelVectors vectors)
    : LinearLoss(examples, features, 1, l2, vectors)
{
    protected override float LossOfRow(Span<float> scores, float label)
    {
        var positive = Math.Clamp(label, 0f, 1f);
        var half = scores[0] / 2;
        var logPartition = MaximumEntropyLoss.LogSumExp([half, -half]);
        var loss = logPartition - (2 * positive - 1) * half;
        if (float.IsNaN(loss))
            throw new InvalidOperationException("Unexpected NaN");
        scores[0] = (float)Math.Exp(half - logPartition) - positive;
        return loss;
    }
}
