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
        Best = new BestWeights(Parameters, options.BestBy);
    }

    public ModelWeights Weights { get; }

    public ProgressReport Report { get; }

    public TrainedParameters Parameters { get; }

    public ParameterGroups Groups { get; }

    public WeightAverage? Average { get; }

    public BestWeights Best { get; }

    /// <summary>Epochs trained and validated.</summary>
    public int EpochsDone { get; set; }

    /// <summary>Steps made of the epoch after those.</summary>
    public int StepsOfEpoch { get; set; }

    /// <summary>Epochs begun.</summary>
    public int Epochs => StepsOfEpoch > 0 ? EpochsDone + 1 : EpochsDone;

    /// <summary>Gives the model the weights that training is to end with: the best, or where none were validated the last.</summary>
    public void Finish()
    {
        if (Best.State.Score is not null)
            Best.Restore();
        else
            Average?.Swap();
        Weights.Push();
    }

    /// <summary>What was seen so far.</summary>
    public TrainingReport ReportOf(string metricName) => new()
    {
        MetricName = metricName,
        Training = Report.State.Training,
        Validation = Report.State.Validation,
        BestEpoch = Best.State.Score is null ? Epochs : Best.State.Epoch,
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
        Best.Dispose();
        Average?.Dispose();
        Groups.Dispose();
        Parameters.Dispose();
        Weights.Dispose();
    }
}
