namespace MLNet.Transformers.Tool.Search;

/// <summary>How fast something is trained on this machine: what the search plans by.</summary>
/// <param name="Overhead">Seconds of a trial that are no steps: reading, learning a vocabulary, measuring.</param>
/// <param name="Step">Seconds of a step.</param>
/// <param name="StepsPerEpoch">Steps of a pass over the training rows.</param>
/// <param name="PretrainingEpoch">Seconds of a pass over the texts, learning to guess hidden words; 0 where nothing of the kind is done.</param>
internal sealed record Pace(double Overhead, double Step, double StepsPerEpoch, double PretrainingEpoch = 0)
{
    /// <summary>Seconds of a pass over the training rows.</summary>
    public double Epoch => Step * StepsPerEpoch;

    /// <summary>Seconds that a trial takes.</summary>
    public double Of(Trial trial) => Overhead + Step * Steps(trial) + PretrainingEpoch * trial.PretrainingEpochs;

    /// <summary>Steps of a trial.</summary>
    public double Steps(Trial trial) => trial.MaxSteps ?? trial.Epochs * StepsPerEpoch;
}
