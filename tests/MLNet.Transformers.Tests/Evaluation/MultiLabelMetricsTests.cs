using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Transformers.Tests;

public sealed class MultiLabelMetricsTests
{
    private readonly MLContext mlContext = new(seed: 1);

    /// <summary>By hand: a is found in 1 of 2 and right in 1 of 1, b in 1 of 1 and right in 1 of 2, c is only predicted; 3 of 9 flags are wrong.</summary>
    [Fact]
    public void CountsLabelsAndRows()
    {
        var metrics = mlContext.MultiLabelClassification.Evaluate(Data(([1, 1, 0], [true, true, false]), ([1, 0, 0], [false, true, true]), ([0, 0, 0], [false, false, false])));
        Assert.Equal(["0", "1", "2"], metrics.ByLabel.Keys);
        Equal(1, 0.5, 2 / 3.0, 2, metrics.ByLabel["0"]);
        Equal(0.5, 1, 2 / 3.0, 1, metrics.ByLabel["1"]);
        Equal(0, 0, 0, 0, metrics.ByLabel["2"]);
        Equal(2 / 4.0, 2 / 3.0, 4 / 7.0, 3, metrics.Micro);
        Equal(0.5, 0.5, 4 / 9.0, 3, metrics.Macro);
        Equal(2.5 / 3, 2 / 3.0, 2 / 3.0, 3, metrics.Weighted);
        Assert.Equal(2 / 3.0, metrics.SubsetAccuracy, 12);
        Assert.Equal(1 / 3.0, metrics.HammingLoss, 12);
    }

    [Fact]
    public void ReadsTheKeysOfTheLabelsThatHold()
    {
        var rows = new[] { new Row { Words = ["red", "blue"] }, new Row { Words = [] }, new Row { Words = ["green"] } };
        var data = mlContext.Data.LoadFromEnumerable(rows);
        var keys = mlContext.Transforms.Conversion.MapValueToKey("Labels", "Words").Append(mlContext.Transforms.CopyColumns("Copy", "Labels")).Fit(data).Transform(data);
        var metrics = mlContext.MultiLabelClassification.Evaluate(keys, "Labels", "Copy");
        Assert.Equal(["blue", "green", "red"], metrics.ByLabel.Keys.Order());
        Assert.Equal((1, 0), (metrics.SubsetAccuracy, metrics.HammingLoss));
    }

    [Fact]
    public void NamesWhatIsWrong()
    {
        Assert.Contains("'Words'", Assert.Throws<ArgumentOutOfRangeException>(() => { mlContext.MultiLabelClassification.Evaluate(Data(([1, 0, 0], [true, false, false])), "Labels", "Words"); }).Message);
        Assert.Contains("no rows", Assert.Throws<ArgumentException>(() => { mlContext.MultiLabelClassification.Evaluate(Data()); }).Message);
        Assert.Contains("'Two' has 2", Assert.Throws<ArgumentException>(() => { mlContext.MultiLabelClassification.Evaluate(Data(([1, 0, 0], [true, false, false])), "Labels", "Two"); }).Message);
    }

    private static void Equal(double precision, double recall, double f1, long support, PrecisionRecall found)
    {
        Assert.Equal(precision, found.Precision, 12);
        Assert.Equal(recall, found.Recall, 12);
        Assert.Equal(f1, found.F1, 12);
        Assert.Equal(support, found.Support);
    }

    private IDataView Data(params (float[] Labels, bool[] Predicted)[] rows) => mlContext.Data.LoadFromEnumerable(
        rows.Select(row => new Row { Labels = row.Labels, PredictedLabel = row.Predicted }));

    private sealed class Row
    {
        [VectorType(3)]
        public float[] Labels { get; set; } = [0, 0, 0];

        [VectorType(3)]
        public bool[] PredictedLabel { get; set; } = [false, false, false];

        [VectorType(2)]
        public float[] Two { get; set; } = [0, 0];

        public string[] Words { get; set; } = [];
    }
}
