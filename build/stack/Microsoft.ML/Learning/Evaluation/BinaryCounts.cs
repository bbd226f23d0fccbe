namespace Microsoft.ML.Data;

/// <summary>The sums that the binary metrics are made of; a score above zero predicts the positive class.</summary>
internal sealed class BinaryCounts
{
    private readonly List<(float Score, bool IsPositive)> _rows = [];
    private double _truePositives, _falseNegatives, _falsePositives, _trueNegatives;
    private double _positiveProbabilities, _negativeProbabilities, _totalLogLoss;

    public double[][] Confusion => [[_truePositives, _falseNegatives], [_falsePositives, _trueNegatives]];

    public double Accuracy => (_trueNegatives + _truePositives) / (_truePositives + _trueNegatives + _falseNegatives + _falsePositives);

    public double PositivePrecision => Share(_truePositives, _falsePositives);

    public double PositiveRecall => Share(_truePositives, _falseNegatives);

    public double NegativePrecision => Share(_trueNegatives, _falseNegatives);

    public double NegativeRecall => Share(_trueNegatives, _falsePositives);

    public double F1Score =>
        PositivePrecision + PositiveRecall is var sum and not 0 ? 2 * PositivePrecision * PositiveRecall / sum : 0;

    public double Entropy =>
        EntropyOf((_truePositives + _falseNegatives) / (_truePositives + _trueNegatives + _falseNegatives + _falsePositives));

    public double LogLoss => double.IsNaN(_totalLogLoss) ? double.NaN
        : _positiveProbabilities + _negativeProbabilities is var count and > 0 ? _totalLogLoss / count : 0;

    public double LogLossReduction
    {
        get
        {
            var count = _positiveProbabilities + _negativeProbabilities;
            if (count == 0)
                return 0;
            var prior = EntropyOf(_positiveProbabilities / count);
            return (prior - _totalLogLoss / count) / prior;
        }
    }

    /// <summary>Counts a row; one without a label or with a score that is not finite is left out.</summary>
    public void Add(float label, float score, float probability)
    {
        if (!float.IsFinite(score) || float.IsNaN(label))
            return;
        var isPositive = label > 0;
        _rows.Add((score, isPositive));
        (isPositive
            ? ref score > 0 ? ref _truePositives : ref _falseNegatives
            : ref score > 0 ? ref _falsePositives : ref _trueNegatives)++;
        _totalLogLoss += float.IsNaN(probability) ? double.NaN : -Math.Log(isPositive ? probability : 1.0 - probability, 2);
        if (!float.IsNaN(probability))
            (isPositive ? ref _positiveProbabilities : ref _negativeProbabilities)++;
    }

    /// <summary>The chance that a positive row scores higher than a negative one, ties counting half.</summary>
    /// <exception cref="ArgumentOutOfRangeException">All labels are of one class.</exception>
    public double AreaUnderRocCurve()
    {
        long positives = _rows.Count(row => row.IsPositive), negatives = _rows.Count - positives;
        if (positives == 0)
            throw new ArgumentOutOfRangeException("PosSample", "AUC is not defined when there is no positive class in the data");
        if (negatives == 0)
            throw new ArgumentOutOfRangeException("NegSample", "AUC is not defined when there is no negative class in the data");
        double ordered = 0, positivesAbove = 0;
        foreach (var tied in _rows.GroupBy(row => row.Score).OrderByDescending(group => group.Key))
        {
            double tiedPositives = tied.Count(row => row.IsPositive), tiedNegatives = tied.Count() - tiedPositives;
            ordered += (positivesAbove + 0.5 * tiedPositives) * tiedNegatives;
            positivesAbove += tiedPositives;
        }
        return ordered / ((double)positives * negatives);
    }

    /// <summary>The area under precision over recall by trapezia, _rows of equal score in their order.</summary>
    public double AreaUnderPrecisionRecallCurve()
    {
        double positives = _rows.Count(row => row.IsPositive);
        double area = 0, lastPrecision = 1, hits = 0, misses = 0;
        foreach (var (_, isPositive) in _rows.OrderByDescending(row => row.Score))
        {
            (isPositive ? ref hits : ref misses)++;
            var precision = hits / (hits + misses);
            if (isPositive)
                area += (lastPrecision + precision) / 2 / positives;
            lastPrecision = precision;
        }
        return area;
    }

    private static double Share(double part, double rest) => part + rest > 0 ? part / (part + rest) : 0;

    private static double EntropyOf(double probability) =>
        probability is 0 or 1 ? 0 : -probability * Math.Log(probability, 2) - (1 - probability) * Math.Log(1 - probability, 2);
}
