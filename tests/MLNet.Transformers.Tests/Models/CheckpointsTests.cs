using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests.Models;

public class CheckpointsTests
{
    private static readonly TrainingOptions Options = new()
    {
        Epochs = 3,
        LearningRate = 5e-3,
        EmaDecay = 0.9,
        Batching = new TokenBudget(128),
        ReportEvery = 1,
        Seed = 5,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(13)]
    public void ACancelledTrainingGoesOnWhereItWas(int cancelAt)
    {
        using var folder = new TemporaryFolder();
        using var whole = TinyClassifier.Create();
        using var resumed = TinyClassifier.Create();
        var (expected, _) = Train(whole, Options);
        var options = Options with { Checkpoints = new(folder.Path) { EveryEpoch = false } };
        using (var cancelled = TinyClassifier.Create())
        {
            var (first, _) = Train(cancelled, options, cancelAt);
            Assert.True(first.Cancelled);
            Assert.Equal(cancelAt, first.Steps);
        }
        var (second, steps) = Train(resumed, options);
        Assert.Equal(Enumerable.Range(cancelAt + 1, (int)expected.Steps - cancelAt).Select(step => (long)step), steps);
        Assert.Equal((expected.Steps, expected.BestEpoch, expected.Validation), (second.Steps, second.BestEpoch, second.Validation));
        Assert.Equal(TinyClassifier.Weights(whole), TinyClassifier.Weights(resumed));
        Assert.Equal(Losses(expected), Losses(second));
        Assert.True(second.Report.TrainingTime > TimeSpan.Zero);
    }

    [Fact]
    public void ATrainingThatEndedIsNotDoneAgain()
    {
        using var folder = new TemporaryFolder();
        using var model = TinyClassifier.Create();
        using var again = TinyClassifier.Create();
        var options = Options with { Checkpoints = new(folder.Path) };
        var (expected, _) = Train(model, options);
        var (result, steps) = Train(again, options);
        Assert.Empty(steps);
        Assert.Equal((expected.Steps, expected.Epochs, expected.Validation), (result.Steps, result.Epochs, result.Validation));
        Assert.Equal(TinyClassifier.Weights(model), TinyClassifier.Weights(again));
    }

    [Fact]
    public void EarlyStoppingIsRemembered()
    {
        using var folder = new TemporaryFolder();
        using var model = TinyClassifier.Create();
        using var again = TinyClassifier.Create();
        var options = Options with { Epochs = 20, LearningRate = 1e-9, EmaDecay = null, Patience = 2, Checkpoints = new(folder.Path) };
        var (expected, _) = Train(model, options);
        Assert.Equal((3, true, 1), (expected.Epochs, expected.StoppedEarly, expected.BestEpoch));
        var (result, steps) = Train(again, options);
        Assert.Empty(steps);
        Assert.Equal((3, true, 1), (result.Epochs, result.StoppedEarly, result.BestEpoch));
    }

    [Fact]
    public void TheNewestStay()
    {
        using var folder = new TemporaryFolder();
        using var model = TinyClassifier.Create();
        var (result, _) = Train(model, Options with { Checkpoints = new(folder.Path) { EverySteps = 1, Keep = 3 } });
        // That of the last step but one, of the last, and of the end of its epoch.
        Assert.Equal(
            [$"checkpoint-{result.Steps - 1}-2", $"checkpoint-{result.Steps}-2", $"checkpoint-{result.Steps}-3"],
            Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("option LearningRate was 0.005, and is 0.001")]
    [InlineData("training set was 120 examples")]
    [InlineData("validation set was 120 examples")]
    [InlineData("task's LabelSmoothing was 0, and is 0.1")]
    [InlineData("model's hidden_size was 16, and is 32")]
    public void ACheckpointOfAnotherTrainingIsRefused(string difference)
    {
        using var folder = new TemporaryFolder();
        var options = Options with { Epochs = 1, Checkpoints = new(folder.Path) };
        using (var model = TinyClassifier.Create())
            Train(model, options);
        using var other = TinyClassifier.Create(hiddenSize: difference.StartsWith("model", StringComparison.Ordinal) ? 32 : 16);
        var task = new SequenceClassificationTask(other) { LabelSmoothing = difference.StartsWith("task", StringComparison.Ordinal) ? 0.1 : 0 };
        var changed = difference.StartsWith("option", StringComparison.Ordinal) ? options with { LearningRate = 1e-3 } : options;
        var examples = difference.StartsWith("training", StringComparison.Ordinal) ? Relabelled() : TinyClassifier.Examples;
        var validation = difference.StartsWith("validation", StringComparison.Ordinal) ? null : TinyClassifier.Examples;
        var message = Assert.Throws<InvalidDataException>(() => new TrainingRun<LabeledSequence>(task, changed).Run(examples, validation)).Message;
        Assert.Contains(difference, message, StringComparison.Ordinal);
        Assert.DoesNotContain(difference.StartsWith("option", StringComparison.Ordinal) ? "training set was" : "option LearningRate", message, StringComparison.Ordinal);

        static List<LabeledSequence> Relabelled() =>
            [.. TinyClassifier.Examples.Select((example, index) => index == 50 ? example with { Label = (example.Label + 1) % 3 } : example)];
    }

    [Theory]
    [InlineData("training.json")]
    [InlineData("training.safetensors")]
    public void ABrokenCheckpointIsNamed(string file)
    {
        using var folder = new TemporaryFolder();
        var options = Options with { Epochs = 1, Checkpoints = new(folder.Path) };
        using var model = TinyClassifier.Create();
        Train(model, options);
        var path = Path.Combine(Directory.GetDirectories(folder.Path).Single(), file);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^100]);
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => Train(model, options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderThatIsNotToBeGoneOnFromIsRefused()
    {
        using var folder = new TemporaryFolder();
        using var model = TinyClassifier.Create();
        var options = Options with { Epochs = 1, Checkpoints = new(folder.Path) };
        Train(model, options);
        var message = Assert.Throws<IOException>(() => Train(model, options with { Checkpoints = new(folder.Path) { Resume = false } })).Message;
        Assert.Contains(folder.Path, message, StringComparison.Ordinal);
    }

    [Fact]
    public void OneTrainingAtATimeHasTheFolder()
    {
        using var folder = new TemporaryFolder();
        using var model = TinyClassifier.Create();
        var options = Options with { Epochs = 1, Checkpoints = new(folder.Path) };
        var refused = "";
        Train(model, options, react: () =>
        {
            using var other = TinyClassifier.Create();
            refused = Assert.Throws<IOException>(() => Train(other, options)).Message;
        });
        Assert.Contains("in use", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatAKilledProcessLeftUnfinishedIsClearedAway()
    {
        using var folder = new TemporaryFolder();
        using var model = TinyClassifier.Create();
        var unfinished = Directory.CreateDirectory(Path.Combine(folder.Path, "checkpoint-9999-9.unfinished")).FullName;
        File.WriteAllText(Path.Combine(unfinished, "training.json"), "{");
        var (_, steps) = Train(model, Options with { Epochs = 1, Checkpoints = new(folder.Path) });
        Assert.Equal(1, steps[0]);
        Assert.False(Directory.Exists(unfinished));
    }

    [Fact]
    public void ImpossibleOptionsAreNamed()
    {
        Assert.Equal("Keep", Refused(new CheckpointOptions("x") { Keep = 0 }));
        Assert.Equal("EverySteps", Refused(new CheckpointOptions("x") { EverySteps = 0 }));
        Assert.Equal("Folder", Refused(new CheckpointOptions(" ")));

        static string Refused(CheckpointOptions checkpoints)
        {
            using var model = TinyClassifier.Create();
            return Assert.ThrowsAny<ArgumentException>(() => Train(model, Options with { Checkpoints = checkpoints })).ParamName!;
        }
    }

    private static IEnumerable<(long, double, double)> Losses(TrainingResult result) =>
        result.Report.Training.Select(point => (point.Step, point.Loss, point.LearningRate));

    private static (TrainingResult Result, List<long> Steps) Train(TextModel model, TrainingOptions options, int? cancelAt = null, Action? react = null)
    {
        using var cancellation = new CancellationTokenSource();
        var steps = new List<long>();
        var progress = new Reports(report =>
        {
            if (report.Validation is not null)
                return;
            steps.Add(report.Step);
            if (report.Step == cancelAt)
                cancellation.Cancel();
            if (report.Step == 1)
                react?.Invoke();
        });
        var task = new SequenceClassificationTask(model);
        var result = new TrainingRun<LabeledSequence>(task, options).Run(TinyClassifier.Examples, TinyClassifier.Examples, progress, cancellation.Token);
        return (result, steps);
    }

    private sealed class Reports(Action<TrainingProgress> react) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => react(value);
    }
}
