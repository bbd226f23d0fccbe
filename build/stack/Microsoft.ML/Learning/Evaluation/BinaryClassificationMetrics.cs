namespace Microsoft.ML.Data;

/// <summary>How well scores of two classes fit their labels.</summary>
public class BinaryClassificationMetrics
{
    internal BinaryClassificationMetrics(BinaryCounts counts, IReadOnlyList<string> classNames)
    {
        AreaUnderRocCurve = counts.AreaUnderRocCurve();
        AreaUnderPrecisionRecallCurve = counts.AreaUnderPrecisionRecallCurve();
        Accuracy = counts.Accuracy;
        PositivePrecision = counts.PositivePrecision;
        PositiveRecall = counts.PositiveRecall;
        NegativePrecision = counts.NegativePrecision;
        NegativeRecall = counts.NegativeRecall;
        F1Score = counts.F1Score;
        ConfusionMatrix = new ConfusionMatrix(counts.Confusion, classNames, isBinary: true);
    }

    public double AreaUnderRocCurve { get; }

    public double Accuracy { get; }

    public double PositivePrecision { get; }

    public double PositiveRecall { get; }

    public double NegativePrecision { get; }

    public double NegativeRecall { get; }

    public double F1Score { get; }

    public double AreaUnderPrecisionRecallCurve { get; }

    public ConfusionMatrix ConfusionMatrix { get; }
}
