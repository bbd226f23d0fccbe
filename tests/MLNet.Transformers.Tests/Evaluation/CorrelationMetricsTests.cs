using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Transformers.Tests;

public sealed class CorrelationMetricsTests
{
    private readonly MLContext mlContext = new(seed: 1);

    /// <summary>By hand: deviations (-2, -1, 0, 1, 2) and (-2, 0, -1, 2, 1) give 8 / √(10 · 10); the same for the ranks.</summary>
    [Fact]
    public void IsWhatPaperAndPencilGive()
    {
        var metrics = Evaluate([1, 2, 3, 4, 5], [1, 3, 2, 5, 4]);
        Assert.Equal(new CorrelationMetrics(0.8, 0.8, 5), metrics with { Pearson = Math.Round(metrics.Pearson, 12), Spearman = Math.Round(metrics.Spearman, 12) });
    }

    /// <summary>By hand: the ranks are (1, 2.5, 2.5, 4) and (1, 2, 3, 4), so 4.5 / √(4.5 · 5).</summary>
    [Fact]
    public void SharesTheRanksOfEqualValues()
    {
        var metrics = Evaluate([10, 20, 20, 90], [1, 2, 3, 4]);
        Assert.Equal(4.5 / Math.Sqrt(4.5 * 5), metrics.Spearman, 12);
        Assert.Equal(120 / Math.Sqrt(4100 * 5), metrics.Pearson, 12);
    }

    [Fact]
    public void FollowsOrderAloneInSpearman()
    {
        var metrics = Evaluate([1, 2, 3, 4], [1, 10, 100, 1000]);
        Assert.Equal(1, metrics.Spearman, 12);
        Assert.InRange(metrics.Pearson, 0.5, 0.95);
        Assert.Equal(-1, Evaluate([1, 2, 3], [3, 2, 1]).Pearson, 12);
    }

    [Fact]
    public void IsNoNumberWhereNothingVaries() => Assert.True(double.IsNaN(Evaluate([1, 1, 1], [1, 2, 3]).Pearson));

    [Fact]
    public void NamesWhatIsWrong()
    {
        Assert.Contains("two rows", Assert.Throws<ArgumentException>(() => { Evaluate([1], [1]); }).Message);
        Assert.Contains("Row 1 has no value in 'Score'", Assert.Throws<ArgumentException>(() => { Evaluate([1, 2], [1, float.NaN]); }).Message);
        var data = mlContext.Data.LoadFromEnumerable([new Row()]);
        Assert.Contains("'Text'", Assert.Throws<ArgumentOutOfRangeException>(() => { mlContext.Regression.EvaluateCorrelation(data, "Text"); }).Message);
    }

    private CorrelationMetrics Evaluate(float[] labels, float[] scores) => mlContext.Regression.EvaluateCorrelation(
        mlContext.Data.LoadFromEnumerable(labels.Zip(scores, (label, score) => new Row { Label = label, Score = score })));

    private sealed class Row
    {
        public float Label { get; set; }

        public float Score { get; set; }

        public string Text { get; set; } = "";
    }
}
