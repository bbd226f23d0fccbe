using Microsoft.ML;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests;

public sealed class SelfDistillationTests
{
    private static readonly SelfDistillationOptions Options = new()
    {
        ImageColumnName = "Picture",
        Model = StageCase.TinyVision,
        Projection = new DinoHeadSizes(16, 16, 8),
        LocalViews = 2,
        Epochs = 2,
        BatchSize = 16,
        Seed = 5,
    };

    private readonly MLContext mlContext = new(seed: 1);

    [Fact]
    public void WhatWasLearntIsWhatAFeaturizerGives()
    {
        using var folder = new TemporaryFolder();
        var data = Data();
        var trained = Trainer(Options).Fit(data);
        Assert.Equal("information", trained.TrainingResult!.Report.MetricName);
        var expected = Features(trained, data);
        Assert.Equal(60 * StageCase.TinyVision.HiddenSize, expected.Length);
        Assert.Equal(expected, Features(Trainer(Options).Fit(data), data));
        Assert.NotEqual(expected, Features(Trainer(Options with { TeacherMomentum = 0.9 }).Fit(data), data));

        trained.SavePretrained(folder.Path);
        Assert.Contains("pipeline_tag: image-feature-extraction", File.ReadAllText(folder.File("README.md")), StringComparison.Ordinal);
        Near(expected, Features(mlContext.Transforms.FeaturizeImageWithTransformer("Features", "Picture", trained).Fit(data), data));
        Near(expected, Features(mlContext.Transforms.FeaturizeImageWithTransformer("Features", "Picture", folder.Path).Fit(data), data));
    }

    [Fact]
    public void AClassifierStartsFromTheTrainedBackbone()
    {
        using var folder = new TemporaryFolder();
        var data = mlContext.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(Data()).Transform(Data());
        var trained = Trainer(Options).Fit(data);
        trained.SavePretrained(folder.Path);
        var options = new ImageClassificationOptions { ImageColumnName = "Picture", Model = StageCase.TinyVision, BatchSize = 16, Epochs = 1, Seed = 4 };
        float[] Scores(FineTunedImageTransformer model) => VectorColumn.ReadAll(model.Transform(data), "Score");
        ImageFineTuningTrainer Classifier(ImageClassificationOptions options) => mlContext.MulticlassClassification.Trainers.TransformerImageClassification(options);
        var fromModel = Scores(Classifier(options).Fit(data, trained));
        Assert.Equal(Scores(Classifier(options with { PretrainedFolder = folder.Path }).Fit(data)), fromModel);
        Assert.NotEqual(Scores(Classifier(options).Fit(data)), fromModel);
    }

    [Fact]
    public void GoesOnFromATrainedModel()
    {
        var data = Data();
        var initial = Trainer(Options).Fit(data);
        var further = Trainer(Options with { TeacherMomentum = 1 }).Fit(data, initial);
        Assert.Equal(Features(initial, data), Features(further, data));
    }

    [Theory]
    [InlineData("Augmentations")]
    [InlineData("Features")]
    [InlineData("TeacherMomentum")]
    [InlineData("LocalViews")]
    public void NamesTheOptionThatCannotBe(string option)
    {
        var wrong = option switch
        {
            "Augmentations" => Options with { Augmentations = [new HorizontalFlip()] },
            "Features" => Options with { Features = ImageFeatures.PatchTokens },
            "TeacherMomentum" => Options with { TeacherMomentum = 1.5 },
            _ => Options with { LocalViews = -1 },
        };
        Assert.Contains(option, Assert.ThrowsAny<ArgumentException>(() => { Trainer(wrong); }).Message, StringComparison.Ordinal);
    }

    private static void Near(float[] expected, float[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));

    private static float[] Features(FineTunedImageTransformer model, IDataView data) => VectorColumn.ReadAll(model.Transform(data), "Features");

    private IDataView Data() => mlContext.Data.LoadFromEnumerable(StageRow.Many());

    private ImageFineTuningTrainer Trainer(SelfDistillationOptions options) => mlContext.ImageEmbedding.Trainers.TransformerSelfDistillation(options);
}
