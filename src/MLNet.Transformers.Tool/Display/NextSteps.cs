using System.Text.Encodings.Web;
using System.Text.Json;
using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Projects;
using Spectre.Console;

namespace MLNet.Transformers.Tool.Display;

/// <summary>The commands to type when a project is written.</summary>
internal static class NextSteps
{
    private const string Address = "http://localhost:5000";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes them, a line each, which no terminal's width breaks.</summary>
    public static void Write(IAnsiConsole console, TrainedProject project)
    {
        foreach (var step in Of(project))
            console.Profile.Out.Writer.WriteLine("  " + step);
    }

    /// <summary>What starts the project, where it is not started already, and what asks it once it is served.</summary>
    private static IEnumerable<string> Of(TrainedProject project)
    {
        if (!project.Job.Serve)
            yield return $"cd {project.Job.ProjectFolder} && dotnet run";
        if (!project.Job.WebApi)
            yield break;
        yield return $"open {Address} in a browser";
        if (project is { Setup.Dataset: TabularDataset dataset, Examples: [var row, ..] })
            yield return $"curl {Address}/predict -H 'Content-Type: application/json' -d {Quoted(Question(dataset, row))}";
    }

    private static string Question(TabularDataset dataset, IReadOnlyDictionary<string, string> row) => JsonSerializer.Serialize(
        dataset.Columns.Where(column => column.Purpose != ColumnPurpose.Ignore && !column.Purpose.IsAnswer())
            .ToDictionary(column => column.Name, column => row[column.Name]),
        Readable);

    private static string Quoted(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
