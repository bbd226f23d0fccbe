using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests;

public sealed class ImageClassificationTests
{
    private static readonly ImageClassificationOptions Options = new()
    {
        ImageColumnName = "Picture",
        Model = StageCase.TinyVision,
        BatchSize = 16,
        Epochs = 15,
        LearningRate = 1e-2,
        Seed = 3,
    };

    private readonly MLContext mlContext = new(seed: 1);

    [Fact]
    public void LearnsAndAnswersInTheLabelsOwnWords()
    {
        var data = Data(StageRow.Many());
        var model = Pipeline(Options).Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(data);
        using var engine = mlContext.Model.CreatePredictionEngine<StageRow, Answer>(model);
        Assert.Equal("fruit", engine.Predict(new StageRow { Picture = Pictures.Of(isRed: true, 1000) }).PredictedLabel);
        Assert.Equal("tool", engine.Predict(new StageRow { Picture = Pictures.Of(isRed: false, 1001) }).PredictedLabel);
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
        var metrics = mlContext.MulticlassClassification.Evaluate(view);
        Assert.InRange(metrics.MicroAccuracy, 0, 1);
    }

    [Fact]
    public void BadFilesAreNamedBeforeTheFirstStep()
    {
        using var folder = new TemporaryFolder();
        var steps = 0;
        var watched = Options with { Progress = new Counter(() => steps++) };
        var cut = StageRow.Many();
        cut[^1].Picture = cut[^1].Picture[..^9];
        Assert.Contains("'Picture'", Assert.Throws<InvalidDataException>(() => Pipeline(watched).Fit(Data(cut))).Message, StringComparison.Ordinal);

        var paths = StageRow.Many();
        foreach (var (index, row) in paths.Index())
            File.WriteAllBytes(row.Answer = folder.File($"{index}.bmp"), row.Picture);
        File.Delete(paths[^1].Answer);
        var failure = Assert.Throws<InvalidDataException>(() => Pipeline(watched with { ImageColumnName = "Answer" }).Fit(Data(paths)));
        Assert.Contains(paths[^1].Answer, failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, steps);
    }

    /// <summary>Bytes in a column, files at a path, and images in memory are the same to a model.</summary>
    [Fact]
    public void ReadsBytesPathsAndImagesAlike()
    {
        using var folder = new TemporaryFolder();
        var rows = StageRow.Many();
        foreach (var (index, row) in rows.Index())
            File.WriteAllBytes(row.Answer = folder.File($"{index}.bmp"), row.Picture);
        var model = Pipeline(Options with { Epochs = 2 }).Fit(Data(rows)).LastTransformer;
        var expected = Scores(model, Data(rows));
        model.SavePretrained(folder.File("model"));

        var byPath = mlContext.MulticlassClassification.ClassifyImages(folder.File("model"), "Answer").Fit(Data(rows));
        Near(expected, Scores(byPath, Data(rows)));
        var images = mlContext.Transforms.LoadImages("Loaded", folder.Path, "Answer").Fit(Data(rows)).Transform(Data(rows));
        var byImage = mlContext.MulticlassClassification.ClassifyImages(folder.File("model"), "Loaded").Fit(images);
        Near(expected, Scores(byImage, images));
    }

    [Fact]
    public void TheSameSeedGivesTheSameBitsWhateverIsDrawn()
    {
        var data = Keyed();
        var drawn = Options with { Epochs = 2, Augmentations = [new RandomCrop(8, 8) { Padding = 1 }, new HorizontalFlip()], Mixing = new Mixing() };
        Assert.Equal(Scores(Trainer(drawn).Fit(data), data), Scores(Trainer(drawn).Fit(data), data));
        Assert.NotEqual(Scores(Trainer(drawn).Fit(data), data), Scores(Trainer(drawn with { Seed = 4 }).Fit(data), data));
    }

    /// <summary>Each option changes what is learnt, so each has arrived in the loop.</summary>
    [Fact]
    public void EveryOptionReachesTheLoop()
    {
        var data = Keyed();
        var plain = Options with { Epochs = 2 };
        using var teacher = Trainer(Options with { Epochs = 4, Seed = 9 }).Fit(data);
        var expected = Scores(Trainer(plain).Fit(data), data);
        ImageClassificationOptions[] changed =
        [
            plain with { BatchSize = 7 },
            plain with { LabelSmoothing = 0.3 },
            plain with { ClassWeights = [1, 3] },
            plain with { Mixing = new Mixing() },
            plain with { Augmentations = [new HorizontalFlip()] },
            plain with { Distillation = new ImageDistillation(teacher) },
            plain with { LayerDecay = 0.5 },
            plain with { EmaDecay = 0.5 },
            plain with { Schedule = Schedule.Linear },
            plain with { FreezeEmbeddings = true },
            plain with { FinalWeightDecay = 1 },
            plain with { MaxSteps = 3 },
            plain with { AccumulatedBatches = 2 },
            plain with { Precision = Precision.BFloat16 },
            plain with { Processor = ImageProcessor.Of("vit", 12, 3) },
        ];
        Assert.All(changed, options => Assert.NotEqual(expected, Scores(Trainer(options).Fit(data), data)));
    }

    [Fact]
    public void AFolderIsAppliedAndFineTunedFurther()
    {
        using var folder = new TemporaryFolder();
        var data = Keyed();
        var model = Trainer(Options with { Epochs = 2, ValidationFraction = 0.2 }).Fit(data);
        model.SavePretrained(folder.Path);
        Assert.All(["config.json", "model.safetensors", "preprocessor_config.json", "README.md"], file => Assert.True(File.Exists(folder.File(file))));
        Assert.Contains("pipeline_tag: image-classification", File.ReadAllText(folder.File("README.md")), StringComparison.Ordinal);
        Near(Scores(model, data), Scores(mlContext.MulticlassClassification.ClassifyImages(folder.Path, "Picture").Fit(data), data));

        var further = Options with { Model = ImageFineTuningOptions.Small, PretrainedFolder = folder.Path, Epochs = 1, LearningRate = 1e-12, WeightDecay = 0 };
        Near(Scores(model, data), Scores(Trainer(further).Fit(data), data));
        var rows = StageRow.Many();
        rows[0].Class = "vessel";
        Assert.Equal(3, Pipeline(further).Fit(Data(rows)).LastTransformer.Config.LabelNames!.Count);
    }

    [Fact]
    public void GoesOnFromATrainedModel()
    {
        var data = Keyed();
        var initial = Trainer(Options with { Epochs = 3 }).Fit(data);
        var before = Scores(initial, data);
        Near(before, Scores(Trainer(Options with { Epochs = 1, LearningRate = 1e-12, WeightDecay = 0 }).Fit(data, initial), data));
        Assert.NotEqual(before, Scores(Trainer(Options with { Epochs = 1 }).Fit(data, initial), data));
        Assert.Equal(before, Scores(initial, data));

        var messages = new List<string>();
        mlContext.Log += (_, entry) => messages.Add(entry.Message);
        var rows = StageRow.Many();
        rows[0].Class = "vessel";
        var keyed = mlContext.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(Data(rows)).Transform(Data(rows));
        Assert.Equal(3, Trainer(Options with { Epochs = 1 }).Fit(keyed, initial).Config.LabelNames!.Count);
        var message = Assert.Single(messages, message => message.Contains("random weights", StringComparison.Ordinal));
        Assert.Contains("head.output.weight", message, StringComparison.Ordinal);
        Assert.DoesNotContain("backbone", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ACancelledTrainingGoesOnFromItsCheckpoints()
    {
        using var folder = new TemporaryFolder();
        var data = Keyed();
        var options = Options with { Epochs = 3, ValidationFraction = 0.2, Augmentations = [new HorizontalFlip()] };
        var whole = Trainer(options).Fit(data);
        using var cancellation = new CancellationTokenSource();
        options = options with { Checkpoints = new(folder.Path) { EverySteps = 1 } };
        var cancelled = Trainer(options with { CancellationToken = cancellation.Token, Progress = new Canceller(cancellation) }).Fit(data);
        Assert.True(cancelled.TrainingResult!.Cancelled);
        var resumed = Trainer(options).Fit(data);
        Assert.Equal(whole.TrainingResult!.Validation, resumed.TrainingResult!.Validation);
        Assert.Equal(Scores(whole, data), Scores(resumed, data));
    }

    [Fact]
    public void RefusesWhatCannotBeLearntFrom()
    {
        var rows = StageRow.Many().Where(row => row.Class == "tool").ToArray();
        Assert.Contains("'Label' has a single class", Assert.Throws<ArgumentException>(() => { Pipeline(Options).Fit(Data(rows)); }).Message);
        rows = StageRow.Many();
        rows[3].Class = "";
        var keyed = mlContext.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(Data(StageRow.Many())).Transform(Data(rows));
        Assert.Contains("Row 3 has no class", Assert.Throws<ArgumentException>(() => { Trainer(Options).Fit(keyed); }).Message);
        rows = StageRow.Many();
        rows[3].Picture = [1, 2, 3];
        Assert.Contains("Row 3 of column 'Picture'", Assert.Throws<InvalidDataException>(() => { Pipeline(Options).Fit(Data(rows)); }).Message);
    }

    [Theory]
    [InlineData("BatchSize")]
    [InlineData("LabelSmoothing")]
    [InlineData("Temperature")]
    [InlineData("ClassWeights")]
    [InlineData("Teacher")]
    [InlineData("Epochs")]
    public void NamesTheOptionThatCannotBe(string option)
    {
        var data = Keyed();
        FineTunedImageTransformer Featurizer() => mlContext.Transforms.FeaturizeImageWithTransformer("Features", "Picture", TinyFolders.Vit).Fit(data);
        var wrong = option switch
        {
            "BatchSize" => Options with { BatchSize = 0 },
            "LabelSmoothing" => Options with { LabelSmoothing = 1 },
            "Temperature" => Options with { Distillation = new ImageDistillation(Featurizer()) { Temperature = 0 } },
            "ClassWeights" => Options with { ClassWeights = [1, 2, 3] },
            "Teacher" => Options with { Distillation = new ImageDistillation(Featurizer()) },
            _ => Options with { Epochs = 0 },
        };
        Assert.Contains(option, Assert.ThrowsAny<ArgumentException>(() => { Trainer(wrong).Fit(data); }).Message, StringComparison.Ordinal);
    }

    private static void Near(float[] expected, float[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));

    private static float[] Scores(FineTunedImageTransformer model, IDataView data) => VectorColumn.ReadAll(model.Transform(data), "Score");

    private IDataView Keyed() => mlContext.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(Data(StageRow.Many())).Transform(Data(StageRow.Many()));

    private IDataView Data(IEnumerable<StageRow> rows) => mlContext.Data.LoadFromEnumerable(rows);

    private ImageFineTuningTrainer Trainer(ImageClassificationOptions options) =>
        mlContext.MulticlassClassification.Trainers.TransformerImageClassification(options);

    private EstimatorChain<FineTunedImageTransformer> Pipeline(ImageClassificationOptions options) =>
        mlContext.Transforms.Conversion.MapValueToKey("Label", "Class").Append(Trainer(options));

    private sealed class Answer
    {
        public string PredictedLabel { get; set; } = "";
    }

    private sealed class Canceller(CancellationTokenSource cancellation) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Validation is not null)
                cancellation.Cancel();
        }
    }

    private sealed class Counter(Action count) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => count();
    }
}
