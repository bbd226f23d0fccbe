using Microsoft.ML;
using Microsoft.ML.Data;

namespace Stack.Tests.ML.Learning;

/// <summary>The numbers are those that ML.NET 5.0.0, compiled from its sources, gave for the same rows.</summary>
public sealed class BinaryEvaluationTests
{
    private readonly MLContext _context = new(1);

    /// <summary>Eighty random rows with many equal scores, and two whose scores are not finite.</summary>
    private static Row[] Rows
    {
        get
        {
            var random = new PlainRandom(11);
            var rows = Enumerable.Range(0, 80).Select(_ => RandomRow(random)).ToList();
            rows.Add(new() { Label = true, Score = float.NaN, Probability = 0.5f });
            rows.Add(new() { Label = false, Score = float.PositiveInfinity, Probability = 1 });
            return [.. rows];
        }
    }

    [Fact]
    public void Calibrated_metrics_are_those_of_MLNet()
    {
        var metrics = _context.BinaryClassification.Evaluate(_context.Data.LoadFromEnumerable(Rows));
        AssertMetrics(metrics);
        Assert.Equal(0.7182178117643196, metrics.LogLoss, 1e-9);
        Assert.Equal(0.2654716710583833, metrics.LogLossReduction, 1e-9);
        Assert.Equal(0.9777945702913884, metrics.Entropy, 1e-9);
    }

    [Fact]
    public void Metrics_without_probabilities_are_those_of_MLNet() =>
        AssertMetrics(_context.BinaryClassification.EvaluateNonCalibrated(_context.Data.LoadFromEnumerable(Rows)));

    [Fact]
    public void A_probability_of_none_makes_the_log_loss_none()
    {
        var metrics = Evaluate((true, 1, 0), (false, 1, 1), (true, 1, float.NaN));
        Assert.Equal(double.NaN, metrics.LogLoss);
        Assert.Equal(double.NaN, metrics.LogLossReduction);
        Assert.Equal(0.9182958340544896, metrics.Entropy, 1e-12);
        Assert.Equal(0.5, metrics.AreaUnderRocCurve);
        Assert.Equal(0.7916666666666666, metrics.AreaUnderPrecisionRecallCurve, 1e-12);
    }

    [Fact]
    public void Rows_in_order_have_a_full_area()
    {
        var metrics = Evaluate((true, 0.5f, 1), (false, -0.5f, 0), (true, 0, 0.5f));
        Assert.Equal((1, 1), (metrics.AreaUnderRocCurve, metrics.AreaUnderPrecisionRecallCurve));
        // A score of zero predicts false.
        Assert.Equal((1, 0.5), (metrics.PositivePrecision, metrics.PositiveRecall));
        Assert.Equal(1 / 3.0, metrics.LogLoss, 1e-12);
    }

    [Fact]
    public void One_class_alone_has_no_area()
    {
        Throws("NegSample", "negative", Rows.Where(row => row.Label));
        Throws("PosSample", "positive", Rows.Where(row => !row.Label));
        Throws("PosSample", "positive", []);

        void Throws(string parameter, string missing, IEnumerable<Row> rows)
        {
            var exception = Assert.Throws<ArgumentOutOfRangeException>(parameter,
                () => _context.BinaryClassification.Evaluate(_context.Data.LoadFromEnumerable(rows)));
            Assert.Equal($"AUC is not defined when there is no {missing} class in the data (Parameter '{parameter}')", exception.Message);
        }
    }

    [Theory]
    [InlineData("Nope", "Score", "Probability", "Nope column 'Label' not found")]
    [InlineData("Label", "Score", "Nope", "Nope column 'Probability' not found")]
    [InlineData("Text", "Score", "Probability",
        "Schema mismatch for label column 'Text': expected Single, Double, Boolean, or a Key with cardinality 2, got String")]
    [InlineData("Label", "Text", "Probability", "Schema mismatch for score column 'Text': expected Single, got String")]
    [InlineData("Label", "Score", "Text", "Schema mismatch for probability column 'Text': expected Single, got String")]
    public void Columns_of_the_wrong_kind_are_named(string label, string score, string probability, string message)
    {
        var data = _context.Data.LoadFromEnumerable(Rows);
        var exception = Assert.Throws<ArgumentOutOfRangeException>("schema",
            () => _context.BinaryClassification.Evaluate(data, label, score, probability));
        Assert.Equal($"{message} (Parameter 'schema')", exception.Message);
    }

    private CalibratedBinaryClassificationMetrics Evaluate(params (bool Label, float Score, float Probability)[] rows) =>
        _context.BinaryClassification.Evaluate(_context.Data.LoadFromEnumerable(
            rows.Select(row => new Row { Label = row.Label, Score = row.Score, Probability = row.Probability })));

    private static void AssertMetrics(BinaryClassificationMetrics metrics)
    {
        Assert.Equal(0.725, metrics.Accuracy, 1e-9);
        Assert.Equal(0.8133462282398453, metrics.AreaUnderRocCurve, 1e-9);
        Assert.Equal(0.7897695004771078, metrics.AreaUnderPrecisionRecallCurve, 1e-9);
        Assert.Equal(0.6451612903225807, metrics.F1Score, 1e-9);
        Assert.Equal(0.6896551724137931, metrics.PositivePrecision, 1e-9);
        Assert.Equal(0.6060606060606061, metrics.PositiveRecall, 1e-9);
        Assert.Equal(0.7450980392156863, metrics.NegativePrecision, 1e-9);
        Assert.Equal(0.8085106382978723, metrics.NegativeRecall, 1e-9);
        Assert.Equal([[20, 13], [9, 38]], metrics.ConfusionMatrix.Counts);
    }

    private static Row RandomRow(PlainRandom random)
    {
        var label = random.Next() < 0.4f;
        var score = (float)Math.Round(4 * (random.Next() - 0.5f) + (label ? 1 : -1) * 0.7f, 1);
        return new() { Label = label, Score = score, Probability = 1 / (1 + MathF.Exp(-score)) };
    }

    private sealed class Row
    {
        public bool Label { get; set; }

        public float Score { get; set; }

        public float Probability { get; set; }

        public bool PredictedLabel { get; set; }

        public string Text { get; set; } = "";
    }
}
