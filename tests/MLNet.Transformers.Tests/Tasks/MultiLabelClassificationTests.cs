using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Transformers.Tests;

public sealed class MultiLabelClassificationTests
{
    private readonly MLContext mlContext = new(seed: 1);

    private static readonly MultiLabelClassificationOptions Options = new()
    {
        Model = StageCase.TinyModel,
        VocabularySize = 100,
        LabelColumnName = "Holds",
        BatchTokens = 256,
        Epochs = 40,
        LearningRate = 1e-2,
        TokenDropout = 0,
    };

    [Fact]
    public void LearnsWhichWordsAreThere()
    {
        var rows = StageRow.Many(120);
        var scored = Fit(Options, rows).Transform(mlContext.Data.LoadFromEnumerable(rows));
        var right = scored.GetColumn<bool[]>("PredictedLabel").Zip(rows, (predicted, row) => predicted.Zip(row.Holds, (label, truth) => label == (truth == 1))).SelectMany(label => label).ToArray();
        Assert.True(right.Count(label => label) > 0.95 * right.Length, $"{right.Count(label => label)} of {right.Length} right");
        Assert.All(scored.GetColumn<float[]>("Score").SelectMany(score => score), probability => Assert.InRange(probability, 0, 1));
    }

    [Fact]
    public void TheThresholdDecides()
    {
        var rows = StageRow.Many();
        var data = mlContext.Data.LoadFromEnumerable(rows);
        foreach (var threshold in new[] { 0.2f, 0.5f, 0.9f })
        {
            var scored = Fit(Options with { Epochs = 5, Threshold = threshold }, rows).Transform(data);
            Assert.Equal(
                scored.GetColumn<float[]>("Score").SelectMany(score => score).Select(probability => probability >= threshold),
                scored.GetColumn<bool[]>("PredictedLabel").SelectMany(label => label));
        }
    }

    [Fact]
    public void TakesKeysOfTheLabelsThatHold()
    {
        var rows = StageRow.Many();
        var words = mlContext.Transforms.Text.TokenizeIntoWords("Word", "Text").Append(mlContext.Transforms.Conversion.MapValueToKey("Labels", "Word"));
        var pipeline = words.Append(mlContext.MultiLabelClassification.Trainers.TransformerMultiLabelClassification(Options with { LabelColumnName = "Labels" }));
        var data = mlContext.Data.LoadFromEnumerable(rows);
        var scored = pipeline.Fit(data).Transform(data);
        string[] names = ["plum", "cherry", "pear", "apple", "plane", "hammer", "saw", "chisel"];
        VBuffer<ReadOnlyMemory<char>> slots = default;
        scored.Schema["Score"].GetSlotNames(ref slots);
        Assert.Equal(names.Order(), slots.DenseValues().Select(name => name.ToString()).Order());
        scored.Schema["PredictedLabel"].GetSlotNames(ref slots);
        var labels = slots.DenseValues().Select(name => name.ToString()).ToArray();
        var right = scored.GetColumn<bool[]>("PredictedLabel").Zip(rows, (predicted, row) => predicted.Zip(labels, (label, name) => label == row.Text.Split(' ').Contains(name))).SelectMany(label => label).ToArray();
        Assert.True(right.Count(label => label) > 0.9 * right.Length, $"{right.Count(label => label)} of {right.Length} right");
    }

    [Fact]
    public void WeightsOfPositivesRaiseProbabilities()
    {
        var rows = StageRow.Many();
        var data = mlContext.Data.LoadFromEnumerable(rows);
        double Mean(float weight) => Fit(Options with { Epochs = 3, Seed = 1, PositiveWeights = [weight, weight, weight] }, rows).Transform(data).GetColumn<float[]>("Score").SelectMany(score => score).Average();
        Assert.True(Mean(20) > Mean(1) + 0.2);
    }

    [Fact]
    public void NamesWhatIsWrongWithLabels()
    {
        var rows = StageRow.Many();
        rows[3].Holds = [0, 0.5f, 0];
        Assert.Contains("Row 3 has the value 0.5 in 'Holds'", Assert.Throws<ArgumentException>(() => { Fit(Options, rows); }).Message);
        foreach (var row in rows)
            row.Holds = [0, 0, 0];
        Assert.Contains("has a label in 'Holds'", Assert.Throws<ArgumentException>(() => { Fit(Options, rows); }).Message);
        Assert.Contains("2 weights for the 3 labels", Assert.Throws<ArgumentException>(() => { Fit(Options with { PositiveWeights = [1, 2] }, rows); }).Message);
        Assert.Contains("Threshold", Assert.Throws<ArgumentOutOfRangeException>(() => { Fit(Options with { Threshold = 1.5f }, rows); }).Message);
    }

    private FineTunedTransformer Fit(MultiLabelClassificationOptions options, StageRow[] rows) =>
        mlContext.MultiLabelClassification.Trainers.TransformerMultiLabelClassification(options).Fit(mlContext.Data.LoadFromEnumerable(rows));
}
