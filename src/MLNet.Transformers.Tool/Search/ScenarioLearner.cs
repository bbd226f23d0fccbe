using System.Diagnostics;
using System.Globalization;
using MLNet.Transformers.Models;
using MLNet.Transformers.Tool.Display;
using MLNet.Transformers.Tool.Scenarios;

namespace MLNet.Transformers.Tool.Search;

/// <summary>Trains models as a scenario has it, on the rows of a split.</summary>
/// <param name="mlContext">Where to.</param>
/// <param name="scenario">What is learnt.</param>
/// <param name="setup">What all trials have in common.</param>
/// <param name="split">The rows.</param>
/// <param name="folder">Keeps trainings on their way.</param>
/// <param name="display">Hears of them.</param>
/// <param name="log">Hears of what goes wrong.</param>
internal sealed class ScenarioLearner(
    MLContext mlContext, Scenario scenario, TrainingSetup setup, DataSplit split, SearchFolder folder, ISearchDisplay display, TrainingLog log) : ILearner
{
    private const double SecondsBetweenReports = 0.3;
    private const double SecondsBetweenCheckpoints = 20;
    private const int RowsToTry = 200;
    private const int RowsToWarmUp = 10;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1.5);

    /// <inheritdoc/>
    public Pace Measure(Trial trial, CancellationToken cancellation)
    {
        var fold = split.Folds[0];
        var (model, options, pace) = Train(fold.TrainingRows, trial, null, null, cancellation);
        using var disposed = model as IDisposable;
        // What is done only once, such as compiling, would be counted for every row.
        Evaluate(options, model, mlContext.Data.TakeRows(fold.ValidationRows, RowsToWarmUp));
        var sample = Math.Min(RowsToTry, fold.ValidationCount);
        var (_, seconds) = Evaluate(options, model, mlContext.Data.TakeRows(fold.ValidationRows, sample));
        return OfAllFolds(pace with { Overhead = pace.Overhead + seconds * fold.ValidationCount / sample });
    }

    /// <inheritdoc/>
    public TrialRun Run(int number, Trial trial, Pace pace, CancellationToken cancellation)
    {
        var metrics = new List<IReadOnlyList<Metric>>();
        foreach (var (index, fold) in split.Folds.Index())
        {
            var part = string.Create(CultureInfo.InvariantCulture, $"fold-{index + 1}");
            var (model, options, measured) = Train(fold.TrainingRows, trial, pace, folder.Checkpoints(number, part), cancellation);
            var (values, seconds) = Evaluate(options, model, fold.ValidationRows);
            cancellation.ThrowIfCancellationRequested();
            metrics.Add(values);
            pace = OfAllFolds(measured with { Overhead = measured.Overhead + seconds });
            if (split.AllRows is null)
                return new(values, pace, model);
            (model as IDisposable)?.Dispose();
        }
        return new([.. metrics[0].Select((metric, index) => metric with { Value = metrics.Average(fold => fold[index].Value) })], pace, null);
    }

    /// <summary>Trains the model on all rows, as a trial of a cross-validation was trained on most of them.</summary>
    /// <exception cref="TrialException">It cannot be trained.</exception>
    /// <exception cref="OperationCanceledException">The search is to end.</exception>
    public ITransformer TrainOnAllRows(Trial trial, Pace pace, CancellationToken cancellation) =>
        Train(split.AllRows!, trial, pace, folder.Checkpoints(0, "all"), cancellation).Model;

    /// <summary>Trains a model on rows; without a folder for a moment only.</summary>
    private (ITransformer Model, FineTuningOptions Options, Pace Pace) Train(IDataView rows, Trial trial, Pace? known, string? checkpoints, CancellationToken cancellation)
    {
        TimeSpan? most = checkpoints is null ? Look : null;
        using var training = new TrainingWatch(display.Progressed, most, cancellation);
        using var pretraining = new TrainingWatch(display.Progressed, most, cancellation);
        var options = Watched(scenario.Options(trial, setup), training, known, checkpoints, "training");
        var before = scenario.Pretraining(trial, setup) is { } wanted ? Watched(wanted, pretraining, known, checkpoints, "pretraining") : null;
        var watch = Stopwatch.StartNew();
        var model = Tried(() => scenario.Fit(mlContext, options, before, rows));
        var seconds = watch.Elapsed.TotalSeconds;
        try
        {
            cancellation.ThrowIfCancellationRequested();
            if (training.HasDiverged || pretraining.HasDiverged)
                throw new TrialException("The loss became infinite: the learning rate is too high.");
            return (model, options, PaceOf(trial, training, before is null ? null : pretraining, seconds, known));
        }
        catch
        {
            (model as IDisposable)?.Dispose();
            throw;
        }
    }

    private static T Watched<T>(T options, TrainingWatch watch, Pace? pace, string? checkpoints, string part)
        where T : FineTuningOptions
    {
        int StepsIn(double seconds) => pace is { Step: > 0 } ? (int)Math.Clamp(seconds / pace.Step, 1, 1_000_000) : 1;
        return options with
        {
            Progress = watch,
            CancellationToken = watch.Token,
            ReportEvery = StepsIn(SecondsBetweenReports),
            Checkpoints = checkpoints is null ? null : new CheckpointOptions(Path.Combine(checkpoints, part)) { EverySteps = StepsIn(SecondsBetweenCheckpoints), EveryEpoch = false, Keep = 1 },
        };
    }

    private (IReadOnlyList<Metric> Metrics, double Seconds) Evaluate(FineTuningOptions options, ITransformer model, IDataView rows)
    {
        display.Measuring();
        var watch = Stopwatch.StartNew();
        var metrics = Tried(() => scenario.Evaluate(mlContext, options, model, rows));
        return (metrics, watch.Elapsed.TotalSeconds);
    }

    /// <summary>How fast a training was; what was too short to be seen is as it was known before.</summary>
    private static Pace PaceOf(Trial trial, TrainingWatch training, TrainingWatch? pretraining, double seconds, Pace? known)
    {
        var step = training.Step ?? known?.Step ?? seconds / Math.Max(1, training.PlannedSteps);
        var perEpoch = trial.MaxSteps is null && training.PlannedSteps > 0 ? training.PlannedSteps / (double)trial.Epochs : known?.StepsPerEpoch ?? 1;
        var before = pretraining is { Step: { } pace } ? pace * pretraining.PlannedSteps / trial.PretrainingEpochs : known?.PretrainingEpoch ?? 0;
        var stepping = step * training.Steps + (pretraining?.Step ?? 0) * (pretraining?.Steps ?? 0);
        return new(Math.Max(0, seconds - stepping), step, perEpoch, before);
    }

    private Pace OfAllFolds(Pace pace) => pace with
    {
        Overhead = pace.Overhead * split.Folds.Count,
        Step = pace.Step * split.Folds.Count,
        PretrainingEpoch = pace.PretrainingEpoch * split.Folds.Count,
    };

    /// <summary>What goes wrong in a training is the trial's fault, not the search's.</summary>
    private T Tried<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or InputException))
        {
            log.Write(exception.ToString());
            throw new TrialException(exception.Message, exception);
        }
    }
}
