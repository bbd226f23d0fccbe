using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>All that a training changes as it goes on.</summary>
internal sealed class TrainingState : IDisposable
{
    public TrainingState(Module model, TrainingOptions options, ProgressReport report)
    {
        Report = report;
        Weights = new ModelWeights(model, options.Precision);
        try
        {
            Parameters = new TrainedParameters(Weights, options);
        }
        catch
        {
            Weights.Dispose();
            throw;
        }
        Groups = new ParameterGroups(Parameters, options);
        Average = options.EmaDecay is { } decay ? new WeightAverage(Parameters, decay) : null;
        Best = new BestWeights(Parameters.AllThatChanges(Weights), options.BestBy);
        Snapshots = options.Averaging is { } averaging ? new WeightSnapshots(Parameters, averaging, options.BestBy) : null;
    }

    public ModelWeights Weights { get; }

    public ProgressReport Report { get; }

    public TrainedParameters Parameters { get; }

    public ParameterGroups Groups { get; }

    public WeightAverage? Average { get; }

    public BestWeights Best { get; }

    public WeightSnapshots? Snapshots { get; }

    /// <summary>Epochs gone through.</summary>
    public int EpochsDone { get; set; }

    /// <summary>Steps made of the epoch after those.</summary>
    public int StepsOfEpoch { get; set; }

    /// <summary>The step, from 1, whose weights were measured last; 0 before any were.</summary>
    public long MeasuredStep { get; set; }

    /// <summary>Epochs begun.</summary>
    public int Epochs => StepsOfEpoch > 0 ? EpochsDone + 1 : EpochsDone;

    /// <summary>When the weights were made that the model has in the end: the epoch and the step, from 1.</summary>
    public (int Epoch, long Step) Given { get; private set; }

    /// <summary>Whether the model has the mean of several weights in the end.</summary>
    public bool IsMeanGiven { get; private set; }

    /// <summary>Keeps the weights as they now are for the best, or for the mean.</summary>
    /// <param name="score">Their validation; null where there was nothing to validate on.</param>
    public void Offer(ValidationScore? score)
    {
        if (score is not null)
            Best.Offer(score, EpochsDone + 1, Report.Step);
        Snapshots?.Offer(new SnapshotState(score, EpochsDone + 1, Report.Step));
        MeasuredStep = Report.Step;
    }

    /// <summary>
    /// Gives the model the weights that training is to end with: the mean where one was asked for, otherwise the best, or where none
    /// were validated the last. A training that was cancelled has no mean.
    /// </summary>
    public void Finish(bool cancelled)
    {
        IsMeanGiven = !cancelled && Snapshots is { States.Count: > 0 };
        if (IsMeanGiven)
        {
            Snapshots!.Apply();
            Given = (Snapshots.States[^1].Epoch, Snapshots.States[^1].Step);
        }
        else if (Best.State.Score is not null)
        {
            Best.Restore();
            Given = (Best.State.Epoch, Best.State.Step);
        }
        else
        {
            Average?.Swap();
            Given = (Epochs, Report.Step);
        }
        Weights.Push();
    }

    /// <summary>What was seen so far.</summary>
    public TrainingReport ReportOf(string metricName) => new()
    {
        MetricName = metricName,
        Training = Report.State.Training,
        Validation = Report.State.Validation,
        BestEpoch = Given.Epoch,
        Steps = Report.Step,
        Tokens = Report.State.Tokens,
        Positions = Report.State.Positions,
        TrainingTime = Report.State.Time,
        Parameters = Weights.Parameters.Sum(pair => pair.Exact.numel()),
        TrainedParameters = Parameters.Sum(parameter => parameter.Parameter.numel()),
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        Snapshots?.Dispose();
        Best.Dispose();
        Average?.Dispose();
        Groups.Dispose();
        Parameters.Dispose();
        Weights.Dispose();
    }
}
