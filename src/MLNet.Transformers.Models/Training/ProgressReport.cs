using System.Diagnostics;

namespace MLNet.Transformers.Models;

/// <summary>Counts steps, tokens and time, and tells of them.</summary>
internal sealed class ProgressReport(TrainingOptions options, IProgress<TrainingProgress>? progress, long steps)
{
    private readonly Stopwatch training = new();
    private readonly long warmUp = (long)Math.Round(options.WarmUp * steps);
    private long tokens;
    private double losses;
    private int sinceReport;
    private double lastLoss;
    private double lastRate;

    /// <summary>Steps made.</summary>
    public long Step { get; private set; }

    /// <summary>The rate that the next step should have.</summary>
    public double NextRate
    {
        get
        {
            training.Start();
            return options.LearningRate * ScheduleRate.At(options.Schedule, Step, steps, warmUp);
        }
    }

    /// <summary>Tokens a second, validation not counted.</summary>
    public double TokensPerSecond => training.Elapsed == TimeSpan.Zero ? 0 : tokens / training.Elapsed.TotalSeconds;

    public void Stepped(int epoch, double loss, double rate, long stepTokens)
    {
        training.Stop();
        Step++;
        tokens += stepTokens;
        losses += loss;
        sinceReport++;
        lastRate = rate;
        if (sinceReport >= options.ReportEvery || Step == steps)
            Report(epoch, null);
    }

    public void Validated(int epoch, ValidationScore score) => Report(epoch, score);

    private void Report(int epoch, ValidationScore? validation)
    {
        lastLoss = sinceReport > 0 ? losses / sinceReport : lastLoss;
        (losses, sinceReport) = (0, 0);
        progress?.Report(new TrainingProgress
        {
            Epoch = epoch,
            Epochs = options.Epochs,
            Step = Step,
            Steps = steps,
            Loss = lastLoss,
            LearningRate = lastRate,
            TokensPerSecond = TokensPerSecond,
            TimeLeft = Step == 0 ? TimeSpan.Zero : training.Elapsed / Step * (steps - Step),
            Validation = validation,
        });
    }
}
