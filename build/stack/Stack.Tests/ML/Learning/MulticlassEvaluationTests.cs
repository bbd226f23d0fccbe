using Microsoft.ML;
using Microsoft.ML.Data;

namespace Stack.Tests.ML.Learning;

/// <summary>The numbers are those that ML.NET 5.0.0, compiled from its sources, gave for the same rows.</summary>
public sealed class MulticlassEvaluationTests
{
    private readonly MLContext _context = new(1);

    /// <summary>Sixty random rows, and seven that are not like others.</summary>
    private IDataView Rows
    {
        get
        {
            var random = new PlainRandom(7);
            var rows = Enumerable.Range(0, 60).Select(_ => RandomRow(random)).ToList();
            rows.Add(new() { Label = 9, Score = [.25f, .25f, .25f, .25f] });
            rows.Add(new() { Label = 2, Score = [.25f, .25f, .25f, .25f] });
            rows.Add(new() { Label = 1, Score = [.25f, .25f, .25f, .25f] });
            rows.Add(new() { Label = 1, Score = [float.NaN, .25f, .25f, .25f] });
            rows.Add(new() { Label = 1, Score = [1, float.PositiveInfinity, 0, 0] });
            rows.Add(new() { Label = 3, Score = [1, 0, 0, 0] });
            rows.Add(new() { Label = 4, Score = [2, 3, 4, 5] });
            return _context.Data.LoadFromEnumerable(rows);
        }
    }

    [Fact]
    public void Metrics_are_those_of_MLNet()
    {
        var metrics = _context.MulticlassClassification.Evaluate(Rows);
        Assert.Equal(0.8095238095238095, metrics.MicroAccuracy, 1e-9);
        Assert.Equal(0.8099264705882353, metrics.MacroAccuracy, 1e-9);
        Assert.Equal(1.3585486263013087, metrics.LogLoss, 1e-9);
        Assert.Equal(0.019041525493867808, metrics.LogLossReduction, 1e-9);
        double[] perClass = [0.8551348362636858, 0.8670913052916444, 0.8047070933969044, 2.8718988951322273];
        Assert.Equal(perClass, metrics.PerClassLogLoss.Select(loss => Math.Round(loss, 15)), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(0, metrics.TopKAccuracy);
        Assert.Equal(0, metrics.TopKPredictionCount);
        Assert.Null(metrics.TopKAccuracyForAllK);
    }

    [Fact]
    public void Confusion_counts_rows_by_true_and_by_predicted_class()
    {
        var matrix = _context.MulticlassClassification.Evaluate(Rows).ConfusionMatrix;
        Assert.Equal(4, matrix.NumberOfClasses);
        Assert.Equal([[12, 0, 2, 1], [1, 13, 1, 2], [2, 0, 12, 1], [1, 1, 0, 14]], matrix.Counts);
        Assert.Equal([12 / 16.0, 13 / 14.0, 12 / 15.0, 14 / 18.0], matrix.PerClassPrecision);
        Assert.Equal([12 / 15.0, 13 / 17.0, 12 / 15.0, 14 / 16.0], matrix.PerClassRecall);
        Assert.Equal(2, matrix.GetCountForClassPair(predictedClassIndicatorIndex: 3, actualClassIndicatorIndex: 1));
    }

    [Fact]
    public void Top_k_counts_labels_among_the_first_k()
    {
        var metrics = _context.MulticlassClassification.Evaluate(Rows, topKPredictionCount: 3);
        double[] expected = [0.8095238095238095, 0.9206349206349207, 0.9841269841269842];
        Assert.Equal(expected, metrics.TopKAccuracyForAllK, (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(metrics.TopKAccuracyForAllK[2], metrics.TopKAccuracy);
        Assert.Equal(3, metrics.TopKPredictionCount);
        Assert.Equal(1, _context.MulticlassClassification.Evaluate(Rows, topKPredictionCount: 5).TopKAccuracy, 1e-9);
        // There are as many ranks as classes and one for labels of none.
        Assert.Throws<IndexOutOfRangeException>(() => _context.MulticlassClassification.Evaluate(Rows, topKPredictionCount: 6));
    }

    [Fact]
    public void Labels_may_be_numbers()
    {
        (float Label, int Best)[] rows = [(0, 0), (1, 1), (2, 0), (3, 1), (float.NaN, 1), (-1, 2), (1.5f, 2), (2, 2)];
        var data = _context.Data.LoadFromEnumerable(rows.Select(row =>
            new NumberLabel { Label = row.Label, Score = [.. Enumerable.Range(0, 3).Select(c => c == row.Best ? .5f : .25f)] }));
        var metrics = _context.MulticlassClassification.Evaluate(data);
        Assert.Equal(0.6, metrics.MicroAccuracy, 1e-9);
        Assert.Equal(2.5 / 3, metrics.MacroAccuracy, 1e-9);
        // The label 3 is of no class: it costs what a probability of 1e-15 costs.
        Assert.Equal(7.600902458816584, metrics.LogLoss, 1e-9);
        Assert.Equal(-6.523474934594879, metrics.LogLossReduction, 1e-9);
        Assert.Equal([[1, 0, 0], [0, 1, 0], [1, 0, 1]], metrics.ConfusionMatrix.Counts);
    }

    [Fact]
    public void No_rows_give_zeros()
    {
        var metrics = _context.MulticlassClassification.Evaluate(_context.Data.LoadFromEnumerable(Array.Empty<KeyLabel>()));
        Assert.Equal((0, 0, 0), (metrics.MicroAccuracy, metrics.MacroAccuracy, metrics.LogLoss));
        Assert.Equal(double.NaN, metrics.LogLossReduction);
        Assert.Equal([0, 0, 0, 0], metrics.PerClassLogLoss);
    }

    [Theory]
    [InlineData("Nope", "Score", "PredictedLabel", "Nope column 'Label' not found")]
    [InlineData("Label", "Nope", "PredictedLabel", "Nope column 'Score' not found")]
    [InlineData("Label", "Score", "Nope", "Nope column 'PredictedLabel' not found")]
    [InlineData("Text", "Score", "PredictedLabel", "Schema mismatch for label column 'Text': expected Single or Key, got String")]
    [InlineData("Label", "Variable", "PredictedLabel",
        "Schema mismatch for score column 'Variable': expected vector of two or more items of type Single, got Vector<Single>")]
    [InlineData("Label", "One", "PredictedLabel",
        "Schema mismatch for score column 'One': expected vector of two or more items of type Single, got Vector<Single, 1>")]
    public void Columns_of_the_wrong_kind_are_named(string label, string score, string predictedLabel, string message)
    {
        var data = _context.Data.LoadFromEnumerable([new KeyLabel()]);
        var exception = Assert.Throws<ArgumentOutOfRangeException>("schema",
            () => _context.MulticlassClassification.Evaluate(data, label, score, predictedLabel));
        Assert.Equal($"{message} (Parameter 'schema')", exception.Message);
    }

    [Fact]
    public void Missing_arguments_are_named()
    {
        Assert.Throws<ArgumentNullException>("data", () => _context.MulticlassClassification.Evaluate(null));
        Assert.Throws<ArgumentOutOfRangeException>("labelColumnName", () => _context.MulticlassClassification.Evaluate(Rows, ""));
    }

    private static KeyLabel RandomRow(PlainRandom random)
    {
        var label = (uint)(random.Next() * 4);
        var scores = Enumerable.Range(0, 4).Select(c => random.Next() + (c == label ? 0.6f : 0)).ToArray();
        var sum = scores.Aggregate(0f, (total, score) => total + score);
        return new() { Label = label, Score = [.. scores.Select(score => score / sum)] };
    }

    private sealed class KeyLabel
    {
        [KeyType(4)]
        public uint Label { get; set; }

        [VectorType(4)]
        public float[] Score { get; set; } = new float[4];

        public uint PredictedLabel { get; set; }

        public string Text { get; set; } = "";

        public float[] Variable { get; set; } = [];

        [VectorType(1)]
        public float[] One { get; set; } = [0];
    }

    private sealed class NumberLabel
    {
        public float Label { get; set; }

        [VectorType(3)]
        public float[] Score { get; set; } = [];

        public float PredictedLabel { get; set; }
    }
}
