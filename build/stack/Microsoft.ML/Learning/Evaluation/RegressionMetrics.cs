namespace Microsoft.ML.Data;

/// <summary>How far scores are from their labels.</summary>
public sealed class RegressionMetrics
{
    internal RegressionMetrics(RegressionSums sums)
    {
        MeanAbsoluteError = sums.MeanAbsoluteError;
        MeanSquaredError = sums.MeanSquaredError;
        RootMeanSquaredError = sums.RootMeanSquaredError;
        LossFunction = sums.MeanLoss;
        RSquared = sums.RSquared;
    }

    public double MeanAbsoluteError { get; }

    public double MeanSquaredError { get; }

    public double RootMeanSquaredError { get; }

    /// <summary>The mean of the loss function, which is the squared error.</summary>
    public double LossFunction { get; }

    public double RSquared { get; }
}
