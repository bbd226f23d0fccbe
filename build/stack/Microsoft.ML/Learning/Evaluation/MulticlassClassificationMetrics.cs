namespace Microsoft.ML.Data;

/// <summary>How well scored rows of several classes fit their labels.</summary>
public sealed class MulticlassClassificationMetrics
{
    internal MulticlassClassificationMetrics(MulticlassCounts counts, IReadOnlyList<string> classNames, int topKPredictionCount)
    {
        LogLoss = counts.LogLoss;
        LogLossReduction = counts.LogLossReduction;
        MacroAccuracy = counts.MacroAccuracy;
        MicroAccuracy = counts.MicroAccuracy;
        TopKPredictionCount = topKPredictionCount;
        TopKAccuracyForAllK = topKPredictionCount > 0 ? counts.TopKAccuracies(topKPredictionCount) : null;
        PerClassLogLoss = counts.PerClassLogLoss;
        ConfusionMatrix = new ConfusionMatrix(counts.Confusion, classNames, isBinary: false);
    }

    public double LogLoss { get; }

    public double LogLossReduction { get; }

    public double MacroAccuracy { get; }

    public double MicroAccuracy { get; }

    public double TopKAccuracy => TopKAccuracyForAllK is [.., var last] ? last : 0;

    public int TopKPredictionCount { get; }

    public IReadOnlyList<double> TopKAccuracyForAllK { get; }

    public IReadOnlyList<double> PerClassLogLoss { get; }

    public ConfusionMatrix ConfusionMatrix { get; }
}
