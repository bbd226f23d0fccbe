using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests;

public sealed class FineTuningOptionsTests
{
    private static readonly TextClassificationOptions Options = new() { Model = StageCase.TinyModel, VocabularySize = 100, BatchTokens = 256, Epochs = 2, LearningRate = 1e-2, Seed = 3 };

    private readonly MLContext mlContext = new(seed: 1);

    public static TheoryData<string, TextClassificationOptions> Impossible => new()
    {
        { "Epochs", Options with { Epochs = 0 } },
        { "LearningRate", Options with { LearningRate = 0 } },
        { "HeadLearningRate", Options with { HeadLearningRate = -1 } },
        { "LayerDecay", Options with { LayerDecay = 1.1 } },
        { "WarmUp", Options with { WarmUp = 2 } },
        { "MaxGradientNorm", Options with { MaxGradientNorm = double.NaN } },
        { "FrozenLayers", Options with { FrozenLayers = -1 } },
        { "EmaDecay", Options with { EmaDecay = 1 } },
        { "BatchSize", Options with { BatchSize = 0 } },
        { "AccumulatedBatches", Options with { AccumulatedBatches = 0 } },
        { "Keep", Options with { Checkpoints = new("folder") { Keep = 0 } } },
        { "Seed", Options with { Checkpoints = new("folder"), Seed = null } },
        { "FocalGamma", Options with { FocalGamma = 0 } },
        { "FocalGamma", Options with { FocalGamma = 2, LabelSmoothing = 0.1 } },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void WhatCannotBeIsNamedBeforeAnyDataIsRead(string option, TextClassificationOptions options) =>
        Assert.Contains(option, Assert.ThrowsAny<ArgumentException>(() => { Trainer(options); }).Message, StringComparison.Ordinal);

    /// <summary>Each option changes what is learnt, so each has arrived in the loop.</summary>
    [Fact]
    public void EveryOptionReachesTheLoop()
    {
        var data = Keyed();
        var plain = Scores(Options);
        TextClassificationOptions[] changed =
        [
            Options with { HeadLearningRate = 1e-3 },
            Options with { LayerDecay = 0.5 },
            Options with { Schedule = Schedule.OneCycle },
            Options with { FreezeEmbeddings = true },
            Options with { FrozenLayers = 1 },
            Options with { FrozenNames = ["head"] },
            Options with { GradualUnfreezing = true },
            Options with { EmaDecay = 0.5 },
            Options with { BatchSize = 7 },
            Options with { Precision = Precision.BFloat16 },
            Options with { FocalGamma = 2 },
            Options with { ClassWeights = [1, 3] },
        ];
        Assert.Equal(plain, Scores(Options));
        Assert.All(changed, options => Assert.NotEqual(plain, Scores(options)));

        float[] Scores(TextClassificationOptions options) =>
            [.. Trainer(options).Fit(data).Transform(data).GetColumn<float[]>("Score").SelectMany(score => score)];
    }

    [Fact]
    public void ACancelledTrainingGoesOnFromItsCheckpoints()
    {
        using var folder = new TemporaryFolder();
        var data = Keyed();
        var whole = Trainer(Options with { ValidationFraction = 0.2 }).Fit(data);
        using var cancellation = new CancellationTokenSource();
        var options = Options with { ValidationFraction = 0.2, Checkpoints = new(folder.Path) { EverySteps = 1 } };
        var cancelled = Trainer(options with { CancellationToken = cancellation.Token, Progress = new Canceller(cancellation) }).Fit(data);
        Assert.True(cancelled.TrainingResult!.Cancelled);
        var resumed = Trainer(options).Fit(data);
        Assert.Equal(whole.TrainingResult!.Validation, resumed.TrainingResult!.Validation);
        Assert.Equal(
            whole.Transform(data).GetColumn<float[]>("Score").SelectMany(score => score),
            resumed.Transform(data).GetColumn<float[]>("Score").SelectMany(score => score));
        Assert.Contains("option WeightDecay was 0.01, and is 0.5", Assert.Throws<InvalidDataException>(() => { Trainer(options with { WeightDecay = 0.5 }).Fit(data); }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheReportTellsOfTheTraining()
    {
        using var folder = new TemporaryFolder();
        var report = Trainer(Options with { ValidationFraction = 0.2, ReportEvery = 1 }).Fit(Keyed()).TrainingResult!.Report;
        Assert.Equal(report.Steps, report.Training.Count);
        Assert.Equal([1, 2], report.Validation.Select(point => point.Epoch));
        report.Save(folder.Path);
        Assert.True(File.Exists(folder.File("training.json")) && File.Exists(folder.File("training.svg")));
    }

    private IDataView Keyed()
    {
        var data = mlContext.Data.LoadFromEnumerable(StageRow.Many());
        return mlContext.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(data).Transform(data);
    }

    private FineTuningTrainer Trainer(TextClassificationOptions options) =>
        mlContext.MulticlassClassification.Trainers.TransformerTextClassification(options);

    private sealed class Canceller(CancellationTokenSource cancellation) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Validation is not null)
                cancellation.Cancel();
        }
    }
}
