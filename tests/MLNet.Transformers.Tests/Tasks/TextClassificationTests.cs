using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests;

public sealed class TextClassificationTests
{
    private readonly MLContext mlContext = new(seed: 1);

    private static readonly TextClassificationOptions Options = new() { Model = StageCase.TinyModel, VocabularySize = 100, BatchTokens = 256, Epochs = 20, LearningRate = 1e-2 };

    [Fact]
    public void LearnsAndAnswersInTheLabelsOwnWords()
    {
        var model = Pipeline(Options).Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(Data(StageRow.Many()));
        using var engine = mlContext.Model.CreatePredictionEngine<StageRow, Answer>(model);
        Assert.Equal("fruit", engine.Predict(new StageRow { Text = "plum cherry pear" }).PredictedLabel);
        Assert.Equal("tool", engine.Predict(new StageRow { Text = "hammer saw" }).PredictedLabel);
        Assert.Equal(2, engine.Predict(new StageRow { Text = "" }).Score.Length);
    }

    [Fact]
    public void ScoresAreProbabilitiesNamedByTheClasses()
    {
        var view = Pipeline(Options with { Epochs = 1 }).Fit(Data(StageRow.Many())).Transform(Data(StageRow.Many()));
        Assert.All(view.GetColumn<float[]>("Score"), score => Assert.Equal(1, score.Sum(), 1e-5f));
        VBuffer<ReadOnlyMemory<char>> names = default;
        view.Schema["Score"].GetSlotNames(ref names);
        Assert.Equal(["fruit", "tool"], names.DenseValues().Select(name => name.ToString()));
        view.Schema["PredictedLabel"].GetKeyValues(ref names);
        Assert.Equal(["fruit", "tool"], names.DenseValues().Select(name => name.ToString()));
    }

    [Fact]
    public void EvaluatesAndCrossValidates()
    {
        var data = Data(StageRow.Many());
        var metrics = mlContext.MulticlassClassification.Evaluate(Pipeline(Options).Fit(data).Transform(data));
        Assert.True(metrics.MicroAccuracy > 0.95, $"micro-accuracy {metrics.MicroAccuracy}");
        Assert.InRange(metrics.LogLoss, 0, 0.7);
        var folds = mlContext.MulticlassClassification.CrossValidate(
            mlContext.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(data).Transform(data),
            mlContext.MulticlassClassification.Trainers.TransformerTextClassification(Options), numberOfFolds: 2);
        Assert.Equal(2, folds.Count);
        Assert.All(folds, fold => Assert.True(fold.Metrics.MicroAccuracy > 0.9, $"micro-accuracy {fold.Metrics.MicroAccuracy}"));
    }

    [Fact]
    public void TheSameSeedGivesTheSameBits()
    {
        float[] Scores(int seed) => [.. Pipeline(Options with { Epochs = 2, Seed = seed }).Fit(Data(StageRow.Many()))
            .Transform(Data(StageRow.Many())).GetColumn<float[]>("Score").SelectMany(score => score)];
        Assert.Equal(Scores(7), Scores(7));
        Assert.NotEqual(Scores(7), Scores(8));
    }

    [Theory]
    [InlineData("", "fruit", "Row 3 has no text in 'Text'")]
    [InlineData("  \t ", "fruit", "Row 3 has no text in 'Text'")]
    [InlineData("apple", "", "Row 3 has no class: the key in 'Label' is 0")]
    public void NamesTheRowThatNothingCanBeLearntFrom(string text, string label, string expected)
    {
        var rows = StageRow.Many();
        (rows[3].Text, rows[3].Class) = (text, label);
        var keyed = mlContext.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(Data(StageRow.Many())).Transform(Data(rows));
        var steps = new StepCounter();
        var trainer = mlContext.MulticlassClassification.Trainers.TransformerTextClassification(Options with { Progress = steps });
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => { trainer.Fit(keyed); }).Message);
        Assert.Equal(0, steps.Steps);
    }

    [Fact]
    public void RefusesASingleClass()
    {
        var rows = StageRow.Many().Where(row => row.Class == "tool").ToArray();
        Assert.Contains("'Label' has a single class", Assert.Throws<ArgumentException>(() => { Pipeline(Options).Fit(Data(rows)); }).Message);
        var keyed = mlContext.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(Data(StageRow.Many())).Transform(Data(rows));
        var trainer = mlContext.MulticlassClassification.Trainers.TransformerTextClassification(Options);
        Assert.Contains("class 'tool' in 'Label'", Assert.Throws<ArgumentException>(() => { trainer.Fit(keyed); }).Message);
    }

    [Fact]
    public void StopsEarlyAndKeepsTheBest()
    {
        var data = Data(StageRow.Many());
        var model = Pipeline(Options with { Epochs = 200, ValidationFraction = 0.2, Patience = 2 }).Fit(data).LastTransformer;
        Assert.True(model.TrainingResult!.StoppedEarly);
        Assert.Equal(model.TrainingResult.Epochs - 2, model.TrainingResult.BestEpoch);
    }

    [Fact]
    public void CancellationGivesTheBestSoFar()
    {
        using var cancellation = new CancellationTokenSource();
        var progress = new StepCounter { At = 20, Then = cancellation.Cancel };
        var model = Pipeline(Options with { Epochs = 1000, CancellationToken = cancellation.Token, Progress = progress }).Fit(Data(StageRow.Many()));
        Assert.True(model.LastTransformer.TrainingResult!.Cancelled);
        Assert.InRange(model.LastTransformer.TrainingResult.Steps, 20, 40);
        Assert.Equal(60, model.Transform(Data(StageRow.Many())).GetColumn<float[]>("Score").Count());
    }

    [Fact]
    public void RefusesAValidationSetWithOtherClasses()
    {
        var other = StageRow.Many();
        foreach (var row in other)
            row.Class = row.Class == "tool" ? "apparatus" : row.Class;
        var validation = mlContext.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(Data(other)).Transform(Data(other));
        Assert.Contains("other classes in the validation set",
            Assert.Throws<ArgumentException>(() => { Pipeline(Options with { ValidationSet = validation }).Fit(Data(StageRow.Many())); }).Message);
    }

    [Theory]
    [InlineData(nameof(FineTuningOptions.ValidationFraction))]
    [InlineData(nameof(TextFineTuningOptions.MaxLength))]
    [InlineData(nameof(FineTuningOptions.Patience))]
    public void NamesTheOptionThatCannotBe(string option)
    {
        var wrong = option switch
        {
            nameof(FineTuningOptions.ValidationFraction) => Options with { ValidationFraction = 1 },
            nameof(TextFineTuningOptions.MaxLength) => Options with { MaxLength = 2 },
            _ => Options with { Patience = 1 },
        };
        Assert.Contains(option, Assert.ThrowsAny<ArgumentException>(() => { mlContext.MulticlassClassification.Trainers.TransformerTextClassification(wrong); }).Message);
    }

    [Fact]
    public void AFolderThatIsSavedCanBeFineTunedFurther()
    {
        using var folder = new TemporaryFolder();
        Pipeline(Options).Fit(Data(StageRow.Many())).LastTransformer.SavePretrained(folder.Path);
        Assert.True(File.Exists(folder.File("config.json")) && File.Exists(folder.File("model.safetensors")) && File.Exists(folder.File("tokenizer.json")));
        var further = Pipeline(Options with { PretrainedFolder = folder.Path, Epochs = 1, LearningRate = 1e-6 }).Fit(Data(StageRow.Many()));
        Assert.Equal(StageCase.TinyModel.HiddenSize, further.LastTransformer.Config.HiddenSize);
    }

    [Fact]
    public void TellsTheLogOfEveryValidation()
    {
        var messages = new List<string>();
        mlContext.Log += (_, entry) => messages.Add(entry.Message);
        Pipeline(Options with { Epochs = 2, ValidationFraction = 0.2 }).Fit(Data(StageRow.Many()));
        Assert.Contains(messages, message => message.Contains("Epoch 2 of 2: loss", StringComparison.Ordinal) && message.Contains("tokens/s", StringComparison.Ordinal));
    }

    [Fact]
    public void ATruncatedModelFileIsAnErrorAndNotACrash()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.zip");
        var data = Data(StageRow.Many());
        mlContext.Model.Save(Pipeline(Options with { Epochs = 1 }).Fit(data), data.Schema, path);
        var bytes = File.ReadAllBytes(path);
        foreach (var length in new[] { 0, 10, bytes.Length / 2, bytes.Length - 1 })
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.ThrowsAny<Exception>(() => { mlContext.Model.Load(path, out _); });
        }
    }

    private IDataView Data(IEnumerable<StageRow> rows) => mlContext.Data.LoadFromEnumerable(rows);

    private EstimatorChain<FineTunedTransformer> Pipeline(TextClassificationOptions options) =>
        mlContext.Transforms.Conversion.MapValueToKey("Label", "Class").Append(mlContext.MulticlassClassification.Trainers.TransformerTextClassification(options));

    private sealed class Answer
    {
        public string PredictedLabel { get; set; } = "";

        public float[] Score { get; set; } = [];
    }

    private sealed class StepCounter : IProgress<TrainingProgress>
    {
        public long Steps { get; private set; }

        public long At { get; init; } = long.MaxValue;

        public Action? Then { get; init; }

        public void Report(TrainingProgress value)
        {
            Steps = value.Step;
            if (Steps >= At)
                Then?.Invoke();
        }
    }
}
