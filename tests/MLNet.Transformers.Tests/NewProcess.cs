using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.ML;

namespace MLNet.Transformers.Tests;

/// <summary>
/// Runs this assembly as a program, so that a test can see what a process does that never met the library: it loads a model,
/// transforms rows from a text file, and writes the bits of a vector column.
/// </summary>
public static class NewProcess
{
    public static int Main(string[] args)
    {
        if (args is not ["score", var model, var rows, var column, var output])
            return 2;
        var mlContext = new MLContext();
        var transformer = mlContext.Model.Load(model, out _);
        var data = mlContext.Data.LoadFromTextFile<StageRow>(rows, hasHeader: true);
        var scores = VectorColumn.ReadAll(transformer.Transform(data), column);
        File.WriteAllBytes(output, MemoryMarshal.AsBytes(scores.AsSpan()));
        return 0;
    }

    /// <summary>The values of a vector column, computed by a model file in a process of its own.</summary>
    public static float[] Score(string model, IEnumerable<StageRow> rows, string column)
    {
        using var folder = new TemporaryFolder();
        var (input, output) = (folder.File("rows.tsv"), folder.File("scores.bin"));
        File.WriteAllLines(input, ["Class\tText\tPair", .. rows.Select(row => $"{row.Class}\t{row.Text}\t{row.Pair}")]);
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(NewProcess).Assembly.Location, "score", model, input, column, output])
        {
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors);
        return MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(output)).ToArray();
    }
}
