using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Transformers.Tests;

public sealed class MatthewsCorrelationTests
{
    private readonly MLContext mlContext = new(seed: 1);

    /// <summary>Matthews' own formula with 6 true positives, 3 true negatives, 1 false positive and 2 false negatives.</summary>
    [Fact]
    public void IsMatthewsFormulaForTwoClasses()
    {
        (bool, bool)[] rows = [.. Enumerable.Repeat((true, true), 6), .. Enumerable.Repeat((false, false), 3), (false, true), (true, false), (true, false)];
        var data = mlContext.Data.LoadFromEnumerable(rows.Select(row => new Flag { Label = row.Item1, PredictedLabel = row.Item2 }));
        Assert.Equal((6 * 3 - 1 * 2) / Math.Sqrt(7 * 8 * 4 * 5), mlContext.BinaryClassification.EvaluateMatthewsCorrelation(data), 12);
    }

    /// <summary>Three classes by hand: 5 of 6 are right; (5 · 6 − (2·2 + 2·3 + 2·1)) / √((36 − 14) (36 − 12)).</summary>
    [Fact]
    public void TakesAnyNumberOfClasses() => Assert.Equal((30 - 12) / Math.Sqrt((36 - 14) * (36 - 12)), Evaluate("aabbcc", "aabbbc"), 12);

    [Theory]
    [InlineData("aabb", "aabb", 1)]
    [InlineData("aabb", "bbaa", -1)]
    [InlineData("aabb", "abab", 0)]
    [InlineData("aaaa", "aaaa", 0)]
    public void GoesFromMinusOneToOne(string labels, string predictions, double expected) => Assert.Equal(expected, Evaluate(labels, predictions), 12);

    private double Evaluate(string labels, string predictions)
    {
        var data = mlContext.Data.LoadFromEnumerable(labels.Zip(predictions, (label, predicted) => new Text { Label = $"{label}", PredictedLabel = $"{predicted}" }));
        return mlContext.MulticlassClassification.EvaluateMatthewsCorrelation(data);
    }

    private sealed class Flag
    {
        public bool Label { get; set; }

        public bool PredictedLabel { get; set; }
    }

    private sealed class Text
    {
        public string Label { get; set; } = "";

        public string PredictedLabel { get; set; } = "";
    }
}
