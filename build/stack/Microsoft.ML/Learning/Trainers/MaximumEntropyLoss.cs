namespace Microsoft.ML.Trainers;

/// <summary>The negative log-likelihood of a softmax over one score a class.</summary>
internal sealed class MaximumEntropyLoss(TrainingExamples examples, int features, int classes, float l2, ParallelVectors vectors)
    : LinearLoss(examples, features, classes, l2, vectors)
{
    protected override float LossOfRow(Span<float> scores, float label)
    {
        var logPartition = LogSumExp(scores);
        var loss = logPartition - scores[(int)label];
        if (!float.IsFinite(loss))
            throw new InvalidOperationException("Data contain bad values.");
        foreach (ref var score in scores)
            score = (float)Math.Exp(score - logPartition);
        scores[(int)label]--;
        return loss;
    }

    /// <summary>The logarithm of the sum of the exponentials.</summary>
    public static float LogSumExp(ReadOnlySpan<float> scores)
    {
        var largest = float.NegativeInfinity;
        foreach (var score in scores)
            largest = Math.Max(largest, score);
        double sum = 0;
        foreach (var score in scores)
            sum += Math.Exp(score - largest);
        return (float)(largest + Math.Log(sum));
    }
}
