using MLNet.Transformers.Models;
using MLNet.Transformers.Tool.Search;
using Spectre.Console;

namespace MLNet.Transformers.Tool.Display;

/// <summary>A line for each trial, for a file, a pipe or a build machine.</summary>
/// <param name="console">Where to.</param>
/// <param name="metric">What trials are judged by.</param>
internal sealed class PlainSearchDisplay(IAnsiConsole console, string metric) : ISearchDisplay
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(30);
    private DateTime lastLine = DateTime.UtcNow;

    /// <inheritdoc/>
    public T Show<T>(Func<T> search) => search();

    /// <inheritdoc/>
    public void Went(IReadOnlyList<TrialResult> results, int? best)
    {
        foreach (var result in results)
        {
            Write($"Trial {result.Number}: {TrialText.Describe(result.Trial)}");
            TrialEnded(result, result.Number == best);
        }
    }

    /// <inheritdoc/>
    public void Began(string activity) => Write(activity + " ...");

    /// <inheritdoc/>
    public void RoundBegan(string sentence) => Write(sentence);

    /// <inheritdoc/>
    public void TrialBegan(PlannedTrial trial, TimeSpan expected) =>
        Write($"Trial {trial.Number}: {TrialText.Describe(trial.Trial)}, about {TrialText.Time(expected)} ...");

    /// <inheritdoc/>
    public void Progressed(TrainingProgress progress)
    {
        if (DateTime.UtcNow - lastLine >= BetweenLines)
            Write(TrialText.Text($"  step {progress.Step:N0} of {progress.Steps:N0}, loss {progress.Loss:0.000}, {TrialText.Time(progress.TimeLeft)} left"));
    }

    /// <inheritdoc/>
    public void Measuring()
    {
    }

    /// <inheritdoc/>
    public void TrialEnded(TrialResult result, bool isBest) => Write(result.Error is { } error
        ? $"  failed after {TrialText.Time(result.Time)}: {error}"
        : $"  {metric} {TrialText.Score(result.Score)} in {TrialText.Time(result.Time)}{(isBest ? ", the best so far" : "")}");

    private void Write(string line)
    {
        console.WriteLine(line);
        lastLine = DateTime.UtcNow;
    }
}
