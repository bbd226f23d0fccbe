using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests;

public sealed class WarmStartTests
{
    private static readonly TextClassificationOptions Options = new() { Model = StageCase.TinyModel, VocabularySize = 100, BatchTokens = 256, Epochs = 20, LearningRate = 1e-2 };

    private readonly MLContext mlContext = new(seed: 1);

    [Fact]
    public void StartsWithTheWeightsOfTheInitialModel()
    {
        var data = Keyed(StageRow.Many());
        var initial = Trainer(Options).Fit(data);
        var before = Scores(initial, data);
        var warm = Trainer(Options with { Epochs = 1, LearningRate = 1e-12, WeightDecay = 0 }).Fit(data, initial);
        var after = Scores(warm, data);
        Assert.All(before.Zip(after), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        var further = Trainer(Options with { Epochs = 1 }).Fit(data, initial);
        Assert.NotEqual(before, Scores(further, data));
        Assert.Equal(before, Scores(initial, data));
        initial.Dispose();
        Assert.Equal(after, Scores(warm, data));
    }

    [Fact]
    public void OtherClassesGetAFreshHeadAndTheLogSaysSo()
    {
        var data = Keyed(StageRow.Many());
        var initial = Trainer(Options).Fit(data);
        var rows = StageRow.Many();
        rows[0].Class = "vessel";
        var messages = new List<string>();
        mlContext.Log += (_, entry) => messages.Add(entry.Message);
        var warm = Trainer(Options with { Epochs = 1, LearningRate = 1e-12 }).Fit(Keyed(rows), initial);
        var message = Assert.Single(messages, message => message.Contains("random weights", StringComparison.Ordinal));
        Assert.Contains("head.output.weight", message, StringComparison.Ordinal);
        Assert.DoesNotContain("backbone", message, StringComparison.Ordinal);
        Assert.Equal(3, warm.Config.LabelNames!.Count);
    }

    [Fact]
    public void APretrainedModelIsTheSameStartAsItsFolder()
    {
        using var folder = new TemporaryFolder();
        var data = Keyed(StageRow.Many());
        var pretrained = mlContext.LanguageModeling.Trainers.TransformerMaskedLanguageModel(
            new MaskedLanguageModelOptions { Model = StageCase.TinyModel, VocabularySize = 100, BatchTokens = 256, Epochs = 2, Seed = 1 }).Fit(data);
        pretrained.SavePretrained(folder.Path);
        var options = Options with { Epochs = 2, Seed = 4 };
        var fromFolder = Trainer(options with { PretrainedFolder = folder.Path }).Fit(data);
        var fromModel = Trainer(options).Fit(data, pretrained);
        Assert.Equal(Scores(fromFolder, data), Scores(fromModel, data));
        Assert.NotEqual(Scores(Trainer(options).Fit(data), data), Scores(fromModel, data));
    }

    [Fact]
    public void ADisposedModelIsNoStart()
    {
        var data = Keyed(StageRow.Many());
        var initial = Trainer(Options with { Epochs = 1 }).Fit(data);
        initial.Dispose();
        Assert.Throws<ObjectDisposedException>(() => { Trainer(Options).Fit(data, initial); });
    }

    private static float[] Scores(FineTunedTransformer model, IDataView data) => [.. model.Transform(data).GetColumn<float[]>("Score").SelectMany(score => score)];

    private IDataView Keyed(IEnumerable<StageRow> rows)
    {
        var data = mlContext.Data.LoadFromEnumerable(rows);
        return mlContext.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(data).Transform(data);
    }

    private FineTuningTrainer Trainer(TextClassificationOptions options) =>
        mlContext.MulticlassClassification.Trainers.TransformerTextClassification(options);
}
