using Microsoft.ML;
using MLNet.Transformers.Tool;
using MLNet.Transformers.Tool.Scenarios;
using MLNet.Transformers.Tool.Search;

namespace MLNet.Transformers.Tests.Tool.Scenarios;

public sealed class StartingFolderTests : IDisposable
{
    private readonly TemporaryFolder data = new();
    private readonly TemporaryFolder start = new();
    private readonly MLContext mlContext = new(seed: 1);

    public void Dispose()
    {
        data.Dispose();
        start.Dispose();
    }

    [Theory]
    [InlineData("text-classification", "bert", 512)]
    [InlineData("sentence-similarity", "roberta", 510)]
    [InlineData("named-entity-recognition", "distilbert", 512)]
    [InlineData("question-answering", "electra", 512)]
    [InlineData("translation", "t5", 256)]
    [InlineData("text-generation", "gpt2", 256)]
    public void TakesTheFamiliesThatCanLearnIt(string command, string family, int maxLength)
    {
        var (test, setup) = Starting(command, family);
        test.Scenario.Check(mlContext, setup);
        var space = test.Scenario.Space(setup);
        Assert.Empty(space.Sizes);
        Assert.False(space.CanPretrain);
        var (least, greatest) = space.LearningRates(null);
        Assert.InRange(least, 1e-6, greatest);
        Assert.InRange(greatest, least, 1e-3);
        var options = (TextFineTuningOptions)test.Scenario.Options(new Trial(null, 5e-5, 3), setup);
        Assert.Equal((start.Path, maxLength, 5e-5, 3), (options.PretrainedFolder, options.MaxLength, options.LearningRate, options.Epochs));
        Assert.Null(test.Scenario.Pretraining(new Trial(null, 5e-5, 3, PretrainingEpochs: 1), setup));
    }

    [Theory]
    [InlineData("text-classification", "t5", "a model of the family 't5'; text-classification needs a model that reads texts and writes none, such as BERT")]
    [InlineData("question-answering", "marian", "a model of the family 'marian'")]
    [InlineData("translation", "bert", "a model of the family 'bert'; translation needs a model that reads a text and writes another, such as Marian or T5")]
    [InlineData("text-generation", "bert", "a model of the family 'bert'; text-generation needs a model that goes on with texts, such as GPT-2 or Llama")]
    [InlineData("text-generation", "t5", "a model of the family 't5'")]
    [InlineData("named-entity-recognition", "vit", "'vit'")]
    [InlineData("image-classification", "bert", "'bert'")]
    [InlineData("text-classification", "mystery", "'mystery'")]
    public void NamesTheFamilyThatCannot(string command, string family, string expected)
    {
        var (test, setup) = Starting(command, family);
        var message = Assert.Throws<InputException>(() => test.Scenario.Check(mlContext, setup)).Message;
        Assert.StartsWith($"--model: '{start.Path}'", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void NamesAFolderThatIsNone()
    {
        var test = ScenarioCase.Of("text-classification", data);
        var setup = test.Setup with { PretrainedFolder = start.File("absent") };
        Assert.Contains($"There is no folder '{start.File("absent")}'", Assert.Throws<InputException>(() => test.Scenario.Check(mlContext, setup)).Message, StringComparison.Ordinal);
        Assert.Contains("has no config.json", Assert.Throws<InputException>(() => test.Scenario.Check(mlContext, setup with { PretrainedFolder = start.Path })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AModelFromAFolderLearnsOn()
    {
        var test = ScenarioCase.Of("text-classification", data);
        using (var scratch = new MLContext(seed: 1).MulticlassClassification.Trainers.TransformerTextClassification((TextClassificationOptions)test.Options())
            .Fit(mlContext.Transforms.Conversion.MapValueToKey("Class").Fit(test.Dataset.Load(mlContext)).Transform(test.Dataset.Load(mlContext))))
            scratch.SavePretrained(start.Path);
        var setup = test.Setup with { PretrainedFolder = start.Path };
        test.Scenario.Check(mlContext, setup);
        var options = test.Scenario.Options(new Trial(null, 1e-3, 20), setup);
        var model = test.Scenario.Fit(mlContext, options, null, test.Dataset.Load(mlContext));
        Assert.True(test.Evaluate(mlContext, model)[0].Value > 0.9);
    }

    private (ScenarioCase Case, TrainingSetup Setup) Starting(string command, string family)
    {
        var positions = family == "roberta" ? ", \"max_position_embeddings\": 512" : "";
        File.WriteAllText(start.File("config.json"), $$"""{ "model_type": "{{family}}"{{positions}} }""");
        var test = ScenarioCase.Of(command, data);
        return (test, test.Setup with { PretrainedFolder = start.Path });
    }
}
