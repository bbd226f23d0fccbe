namespace Microsoft.ML.Data;

/// <summary>The sums that the regression metrics are made of.</summary>
internal sealed class RegressionSums
{
    private double _count, _absoluteErrors, _squaredErrors, _losses, _labels, _squaredLabels;

    public double MeanAbsoluteError => Mean(_absoluteErrors);

    public double MeanSquaredError => Mean(_squaredErrors);

    public double RootMeanSquaredError => Math.Sqrt(Mean(_squaredErrors));

    public double MeanLoss => Mean(_losses);

    /// <summary>The share of the _labels' variance that the scores explain; not a number where the _labels do not vary.</summary>
    public double RSquared
    {
        get
        {
            if (_count == 0)
                return 0;
            var variation = _squaredLabels - _labels * _labels / _count;
            return variation == 0 ? double.NaN : 1 - _squaredErrors / variation;
        }
    }

    /// <summary>Counts a row; one whose label or score is not a number is left out.</summary>
    public void Add(float label, float score)
    {
        if (float.IsNaN(label) || float.IsNaN(score))
            return;
        _count++;
        _labels += label;
        _squaredLabels += label * label;
        var error = Math.Abs((double)label - score);
        _absoluteErrors += error;
        _squaredErrors += error * error;
        _losses += (score - label) * (score - label);
    }

    private double Mean(double sum) => _count > 0 ? sum / _count : 0;
}
