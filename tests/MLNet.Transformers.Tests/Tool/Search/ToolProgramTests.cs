using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Transformers.Tests.Tool.Search;

/// <summary>The tool from a data file to a project, in a process of its own.</summary>
public sealed partial class ToolProgramTests
{
    [Fact]
    public void ACommandMakesAProjectOfAFileAndSaysWhatItDid()
    {
        using var folder = new TemporaryFolder();
        var data = Reviews.Write(folder, 240);
        var (exitCode, output, errors) = ToolProgram.Run(
            "text-classification", "--dataset", data, "--train-time", "5", "--output", folder.Path, "--log-file-path", folder.File("log.txt"));
        Assert.True(exitCode == 0, output + errors);

        Assert.Empty(errors);
        Assert.DoesNotContain(output, character => char.IsControl(character) && character is not ('\n' or '\r'));
        Assert.All(output.Split('\n'), line => Assert.InRange(line.Length, 0, 400));
        foreach (var part in new[] { "240 rows", "Sentiment", "Review", "Trial 1: tiny model", "MicroAccuracy", "always '", "Written to", "dotnet run" })
            Assert.Contains(part, output, StringComparison.Ordinal);
        var project = folder.File("Reviews");
        Assert.Empty(Directory.GetFileSystemEntries(project, "*.search*"));
        Assert.Contains("Epoch", File.ReadAllText(folder.File("log.txt")), StringComparison.Ordinal);

        var told = double.Parse(ThisModel().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        var mlContext = new MLContext();
        var model = mlContext.Model.Load(Path.Combine(project, "Reviews.mlnet"), out var schema);
        Assert.Equal(["Sentiment", "Review"], schema.Select(column => column.Name));
        var rows = mlContext.Data.LoadFromTextFile(data, [new("Sentiment", DataKind.String, 0), new("Review", DataKind.String, 1)], hasHeader: true);
        var validation = mlContext.Data.TrainTestSplit(rows, 0.2, seed: 1).TestSet;
        Assert.Equal(mlContext.MulticlassClassification.Evaluate(model.Transform(validation), "Sentiment").MicroAccuracy, told, 1e-4);

        var again = ToolProgram.Run("text-classification", "--dataset", data, "--train-time", "5", "--output", folder.Path);
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("--force", again.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void AKilledCommandGoesOnWhereItWas()
    {
        using var folder = new TemporaryFolder();
        var data = Reviews.Write(folder, 240);
        string[] command = ["text-classification", "--dataset", data, "--train-time", "5", "--output", folder.Path, "--name", "Film"];
        using (var process = ToolProgram.Start(command))
        {
            while (process.StandardOutput.ReadLine() is { } line && !line.StartsWith("Trial 1:", StringComparison.Ordinal))
            {
            }
            process.Kill();
            process.WaitForExit();
            Assert.NotEqual(0, process.ExitCode);
        }
        Assert.False(File.Exists(folder.File("Film/Film.mlnet")));
        Assert.True(File.Exists(folder.File("Film/Film.search.json")));

        var other = ToolProgram.Run([.. command, "--seed", "2"]);
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("--seed was 1 and is 2", other.Errors, StringComparison.Ordinal);

        var (exitCode, output, errors) = ToolProgram.Run(command);
        Assert.True(exitCode == 0, output + errors);
        Assert.Contains("Going on with the search that was begun here: 0 trials done", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Seeing how fast", output, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.File("Film/Film.mlnet")));
        Assert.Empty(Directory.GetFileSystemEntries(folder.File("Film"), "*.search*"));
    }

    [GeneratedRegex(@"this model\s+([0-9.]+)")]
    private static partial Regex ThisModel();
}
