using System.Globalization;
using MLNet.Transformers.Tool.Projects;
using MLNet.Transformers.Tool.Search;
using Spectre.Console;

namespace MLNet.Transformers.Tool.Display;

/// <summary>What came of a job, besides its project.</summary>
/// <param name="ModelPath">Where the model is.</param>
/// <param name="Files">What else was written.</param>
/// <param name="Seconds">What it took.</param>
/// <param name="Baseline">What can be had without learning; null for nothing to compare with.</param>
internal sealed record Ending(string ModelPath, IReadOnlyList<string> Files, double Seconds, Baseline? Baseline);

/// <summary>Says what came of a job.</summary>
internal static class Summary
{
    /// <summary>Writes it.</summary>
    public static void Write(IAnsiConsole console, TrainedProject project, Ending ending)
    {
        var (best, trials) = (project.Best, project.Trials);
        console.WriteLine();
        console.WriteLine(TrialText.Text($"The best of {TrialText.Count(trials.Count)} is number {best.Number}: {TrialText.Describe(best.Trial)}."));
        console.Write(Metrics(console, project, ending.Baseline));
        console.WriteLine(TrialText.Text($"It took {TrialText.Time(TimeSpan.FromSeconds(ending.Seconds))} of the {TrialText.Time(project.Job.TrainTime)} given."));
        if (best.Trial.MaxSteps is not null)
            console.WriteLine("The time was short: with a greater --train-time the model learns more.");
        console.WriteLine(TrialText.Text($"Written to {project.Job.ProjectFolder}: {Path.GetFileName(ending.ModelPath)} ({new FileInfo(ending.ModelPath).Length / 1e6:0.0} MB){Listed(project.Job, ending.Files)}."));
        if (project.Job.Serve)
            return;
        console.WriteLine();
        console.WriteLine("Next:");
        NextSteps.Write(console, project);
    }

    private static Table Metrics(IAnsiConsole console, TrainedProject project, Baseline? baseline)
    {
        var best = project.Best;
        var table = console.Table(["", .. best.Metrics.Select(metric => metric.Name)]);
        table.AddRow([project.Job.Folds is { } folds ? TrialText.Text($"this model, mean of {folds} folds") : "this model", .. best.Metrics.Select(metric => Number(metric.Value))]);
        if (baseline is not null)
            table.AddRow([Markup.Escape(baseline.Description), .. best.Metrics.Select(metric => metric.Name == baseline.Metric.Name ? Number(baseline.Metric.Value) : "")]);
        return table;
    }

    /// <summary>What the user reads first, by name, and how many other files there are.</summary>
    private static string Listed(Job job, IReadOnlyList<string> files)
    {
        string[] named = [.. files.Where(file => file.StartsWith(job.Name + ".", StringComparison.Ordinal) || file == "Program.cs").Order(StringComparer.Ordinal)];
        var others = files.Count - named.Length;
        return string.Join(", ", ["", .. named]) + others switch { 0 => "", 1 => " and one other", _ => $" and {others} others" };
    }

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
