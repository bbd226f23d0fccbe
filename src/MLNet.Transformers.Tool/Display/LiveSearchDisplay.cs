using System.Diagnostics;
using System.Runtime.ExceptionServices;
using MLNet.Transformers.Models;
using MLNet.Transformers.Tool.Search;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MLNet.Transformers.Tool.Display;

/// <summary>A table of trials that is drawn anew several times a second, with how far the one under way is below.</summary>
/// <param name="console">Where to.</param>
/// <param name="metric">What trials are judged by.</param>
/// <param name="clock">What the search took until now.</param>
/// <param name="time">What it may take.</param>
internal sealed class LiveSearchDisplay(IAnsiConsole console, string metric, SearchClock clock, TimeSpan time) : ISearchDisplay
{
    private static readonly TimeSpan BetweenFrames = TimeSpan.FromMilliseconds(250);

    private readonly Lock changing = new();
    private readonly List<TrialResult> ended = [];
    private readonly Stopwatch activityTime = new();
    private int? best;
    private string round = "";
    private string activity = "";
    private PlannedTrial? trial;
    private TrainingProgress? progress;

    /// <inheritdoc/>
    public T Show<T>(Func<T> search)
    {
        (T Value, Exception? Failure) outcome = default;
        console.Live(View()).Overflow(VerticalOverflow.Crop).Cropping(VerticalOverflowCropping.Top).Start(context =>
        {
            using var timer = new Timer(_ => context.UpdateTarget(View()), null, TimeSpan.Zero, BetweenFrames);
            try
            {
                outcome = (search(), null);
            }
            catch (Exception exception)
            {
                outcome = (default!, exception);
            }
            using var stopped = new ManualResetEvent(false);
            if (timer.Dispose(stopped))
                stopped.WaitOne();
            Change(null, "", null);
            context.UpdateTarget(View());
        });
        if (outcome.Failure is { } failure)
            ExceptionDispatchInfo.Throw(failure);
        return outcome.Value;
    }

    /// <inheritdoc/>
    public void Went(IReadOnlyList<TrialResult> results, int? best)
    {
        lock (changing)
        {
            ended.AddRange(results);
            this.best = best;
        }
    }

    /// <inheritdoc/>
    public void Began(string activity) => Change(null, activity, null);

    /// <inheritdoc/>
    public void RoundBegan(string sentence)
    {
        lock (changing)
            round = sentence + " ";
    }

    /// <inheritdoc/>
    public void TrialBegan(PlannedTrial trial, TimeSpan expected) => Change(trial, "reading the rows", null);

    /// <inheritdoc/>
    public void Measuring() => Change(trial, "measuring on rows that it was not trained on", null);

    /// <inheritdoc/>
    public void Progressed(TrainingProgress progress)
    {
        lock (changing)
            this.progress = progress;
    }

    /// <inheritdoc/>
    public void TrialEnded(TrialResult result, bool isBest)
    {
        lock (changing)
        {
            ended.Add(result);
            best = isBest ? result.Number : best;
        }
        Change(null, "", null);
    }

    private void Change(PlannedTrial? newTrial, string newActivity, TrainingProgress? newProgress)
    {
        lock (changing)
        {
            (trial, activity, progress) = (newTrial, newActivity, newProgress);
            activityTime.Restart();
        }
    }

    private Rows View()
    {
        lock (changing)
        {
            var table = console.Table(TrialText.Headings(metric));
            foreach (var result in ended)
                table.AddRow([.. Cells(result.Number, result.Trial), TrialText.Time(result.Time), .. ScoreOf(result)]);
            if (trial is not null)
                table.AddRow([.. Cells(trial.Number, trial.Trial), "", "[blue]under way[/]"]);
            List<IRenderable> lines = ended.Count > 0 || trial is not null ? [table] : [];
            if (Status() is { Length: > 0 } status)
                lines.AddRange([new Text(status), new Text(TrialText.Text($"{round}{TrialText.Time(TimeSpan.FromSeconds(clock.Seconds))} of {TrialText.Time(time)} used. Ctrl+C ends with the best so far."))]);
            return new Rows(lines);
        }
    }

    private string Status()
    {
        if (progress is { } made)
            return TrialText.Text($"{Subject()}step {made.Step:N0} of {made.Steps:N0}, loss {made.Loss:0.000}, {made.TokensPerSecond:N0} tokens/s, {TrialText.Time(made.TimeLeft)} left");
        return activity.Length == 0 ? "" : TrialText.Text($"{Subject()}{activity}, {activityTime.Elapsed.TotalSeconds:0} s ...");
    }

    private string Subject() => trial is null ? progress is null ? "" : activity + ": " : TrialText.Text($"Trial {trial.Number}: ");

    private static IEnumerable<string> Cells(int number, Trial trial) => TrialText.Cells(number, trial).Select(Markup.Escape);

    private string[] ScoreOf(TrialResult result) => result.Error is { } error
        ? [$"[red]{Markup.Escape(error)}[/]"]
        : [result.Number == best ? $"[bold green]{TrialText.Score(result.Score)}[/] the best" : TrialText.Score(result.Score)];
}
