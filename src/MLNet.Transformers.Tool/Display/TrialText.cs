using System.Globalization;
using MLNet.Transformers.Tool.Search;

namespace MLNet.Transformers.Tool.Display;

/// <summary>A trial in words and numbers that fit a table.</summary>
internal static class TrialText
{
    /// <summary>The headings of <see cref="Cells"/>; the metric's name goes between the last two.</summary>
    public static IReadOnlyList<string> Headings(string metric) => ["Trial", "Size", "Learning rate", "Training", "Time", metric];

    /// <summary>What a trial is.</summary>
    public static string[] Cells(int number, Trial trial) => [Text($"{number}"), Size(trial.Size), Text($"{trial.LearningRate:0.#e-0}"), Length(trial)];

    /// <summary>Number of passes, or of steps, and those before on the texts alone.</summary>
    public static string Length(Trial trial)
    {
        var training = trial.MaxSteps is { } steps ? Text($"{steps:N0} {(steps == 1 ? "step" : "steps")}") : Passes(trial.Epochs);
        return trial.PretrainingEpochs > 0 ? Text($"{training}, pre-trained for {trial.PretrainingEpochs}") : training;
    }

    /// <summary>What a trial is, in a sentence's end.</summary>
    public static string Describe(Trial trial) =>
        Text($"{(trial.Size is null ? "" : Size(trial.Size) + " model, ")}learning rate {trial.LearningRate:0.#e-0}, {Length(trial)}");

    /// <summary>A size.</summary>
    public static string Size(ModelSize? size) => size is null ? "as given" : size.Value.ToString().ToLowerInvariant();

    /// <summary>A number of trials.</summary>
    public static string Count(int trials) => trials == 1 ? "1 trial" : Text($"{trials} trials");

    /// <summary>A round, before its trials.</summary>
    public static string Round(int rung, Rounds rounds, int trials, TimeSpan each, bool isOnly) => isOnly
        ? Text($"{Count(trials)} of about {Time(each)}{(trials > 1 ? " each" : "")}, as long as is worth it.")
        : rung == rounds.Before
        ? Text($"Last round: the best for about {Time(each)}.")
        : rung > rounds.Before ? Text($"There is time left for another trial, of about {Time(each)}.")
        : Text($"Round {rung + 1} of {rounds.Before + 1}: {Count(trials)} of about {Time(each)}{(trials > 1 ? " each" : "")}.");

    /// <summary>A score.</summary>
    public static string Score(double score) => double.IsNaN(score) ? "failed" : Text($"{score:0.0000}");

    /// <summary>A time, to the second.</summary>
    public static string Time(TimeSpan time) => time.TotalSeconds < 60
        ? Text($"{time.TotalSeconds:0} s")
        : time.TotalHours < 1 ? Text($"{time:m\\:ss} min") : Text($"{(int)time.TotalHours}:{time:mm\\:ss} h");

    /// <summary>Numbers as they are written everywhere.</summary>
    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Passes(int epochs) => epochs == 1 ? "1 epoch" : Text($"{epochs} epochs");
}
