namespace Microsoft.ML.Data;

/// <summary>How well scores and probabilities of two classes fit their labels; losses and entropy are in bits.</summary>
public sealed class CalibratedBinaryClassificationMetrics : BinaryClassificationMetrics
{
    internal CalibratedBinaryClassificationMetrics(BinaryCounts counts, IReadOnlyList<string> classNames)
        : base(counts, classNames)
    {
        LogLoss = counts.LogLoss;
        LogLossReduction = counts.LogLossReduction;
        Entropy = counts.Entropy;
    }

    public double LogLoss { get; }

    public double LogLossReduction { get; }

    public double Entropy { get; }
}
