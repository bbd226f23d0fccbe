using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Models;
using MLNet.Transformers.Tool;
using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Display;
using MLNet.Transformers.Tool.Scenarios;
using MLNet.Transformers.Tool.Search;

namespace MLNet.Transformers.Tests.Tool.Search;

/// <summary>Real trials, on a few rows.</summary>
public sealed class ScenarioLearnerTests : IDisposable
{
    private static readonly Trial Trial = new(ModelSize.Tiny, 3e-3, 4, null, 1);

    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, SearchFolder> folders = [];
    private readonly MLContext mlContext = new(seed: 1);
    private readonly TextClassificationScenario scenario = new();
    private readonly TabularDataset dataset;
    private readonly TrainingSetup setup;

    public ScenarioLearnerTests()
    {
        dataset = new(Reviews.Write(folder, 200), '\t', true, false,
        [
            new("Sentiment", 0, DataKind.String, ColumnPurpose.Label),
            new("Review", 1, DataKind.String, ColumnPurpose.Text),
        ]);
        setup = new(dataset, null, 1, null);
    }

    private Job Job => new() { Scenario = scenario, DatasetPath = dataset.Path, Name = "Reviews" };

    [Fact]
    public void ATrialThatIsBrokenOffGoesOnWhereItWas()
    {
        var split = DataSplit.Of(mlContext, Job, dataset, null);
        var pace = new Pace(1, 1, 10);
        using var whole = Learner(split, "whole", new Listener()).Run(1, Trial, pace, default);

        using var stop = new CancellationTokenSource();
        var first = new Listener { Heard = progress => { if (progress is { Epochs: 4, Epoch: 3 }) stop.Cancel(); } };
        Assert.Throws<OperationCanceledException>(() => Learner(split, "resumed", first).Run(1, Trial, pace, stop.Token));
        var second = new Listener();
        using var resumed = Learner(split, "resumed", second).Run(1, Trial, pace, default);
        Assert.Equal(whole.Metrics, resumed.Metrics);
        Assert.All(second.Reports.Where(report => report.Epochs == 4), report => Assert.InRange(report.Epoch, 3, 4));
    }

    [Fact]
    public void ALookTellsThePaceAndEndsSoon()
    {
        var listener = new Listener();
        var pace = Learner(DataSplit.Of(mlContext, Job, dataset, null), "look", listener).Measure(Trial with { Epochs = 1 }, default);
        Assert.Equal(listener.Reports[^1].Steps, pace.StepsPerEpoch);
        Assert.InRange(pace.Step, 1e-4, 1);
        Assert.InRange(pace.PretrainingEpoch, 1e-4, 10);
        Assert.InRange(pace.Overhead, 0, 10);
    }

    [Fact]
    public void ARateThatIsTooHighIsAFailureOfTheTrial()
    {
        var learner = Learner(DataSplit.Of(mlContext, Job, dataset, null), "wild", new Listener());
        var failure = Assert.Throws<TrialException>(() => learner.Run(1, Trial with { LearningRate = 1e30, PretrainingEpochs = 0 }, new(1, 1, 10), default));
        Assert.Equal("The loss became infinite: the learning rate is too high.", failure.Message);
    }

    [Fact]
    public void FoldsAreJudgedByTheirMean()
    {
        var split = DataSplit.Of(mlContext, Job with { Folds = 2 }, dataset, null);
        var trial = Trial with { PretrainingEpochs = 0 };
        var learner = Learner(split, "folds", new Listener());
        using var run = learner.Run(1, trial, new(1, 1, 10), default);
        Assert.Null(run.Model);
        var folds = mlContext.Data.CrossValidationSplit(dataset.Load(mlContext), 2, seed: 1).Select(fold =>
        {
            var options = scenario.Options(trial, setup);
            return scenario.Evaluate(mlContext, options, scenario.Fit(mlContext, options, null, fold.TrainSet), fold.TestSet);
        }).ToArray();
        Assert.Equal(folds.Average(fold => fold[0].Value), run.Metrics[0].Value, 1e-12);
        Assert.Equal(200, split.Folds.Sum(fold => fold.ValidationCount));
    }

    public void Dispose()
    {
        foreach (var kept in folders.Values)
            kept.Dispose();
        folder.Dispose();
    }

    private ScenarioLearner Learner(DataSplit split, string name, Listener listener)
    {
        if (!folders.TryGetValue(name, out var kept))
            folders[name] = kept = SearchFolder.Open(folder.File(name));
        return new(mlContext, scenario, setup, split, kept, listener, TrainingLog.Open(null));
    }

    /// <summary>Remembers what it hears.</summary>
    private sealed class Listener : ISearchDisplay
    {
        public List<TrainingProgress> Reports { get; } = [];

        public Action<TrainingProgress> Heard { get; init; } = _ => { };

        public void Progressed(TrainingProgress progress)
        {
            Reports.Add(progress);
            Heard(progress);
        }

        public T Show<T>(Func<T> search) => search();

        public void Went(IReadOnlyList<TrialResult> results, int? best) => throw new NotSupportedException();

        public void Began(string activity) => throw new NotSupportedException();

        public void RoundBegan(string sentence) => throw new NotSupportedException();

        public void TrialBegan(PlannedTrial trial, TimeSpan expected) => throw new NotSupportedException();

        public void Measuring()
        {
        }

        public void TrialEnded(TrialResult result, bool isBest) => throw new NotSupportedException();
    }
}
