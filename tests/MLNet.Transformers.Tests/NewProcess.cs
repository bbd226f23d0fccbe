using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.ML;

namespace MLNet.Transformers.Tests;

/// <summary>
/// Runs this assembly as a program, so that a test can see what a process does that never met the library: it loads a model,
/// transforms rows from a file, and writes the bits of a column; or it trains, to be killed or measured.
/// </summary>
public static class NewProcess
{
    public static int Main(string[] args)
    {
        if (args is ["train", var weights, var checkpoints, var bound])
        {
            Models.KillAndResumeTests.Train(weights, checkpoints, bound);
            return 0;
        }
        if (args is ["peak-memory", var gradientCheckpointing])
        {
            Models.GradientCheckpointingTests.TellPeakMemory(bool.Parse(gradientCheckpointing));
            return 0;
        }
        if (args is ["damage-images", var folder])
        {
            Images.DamagedImages.Tell(folder);
            return 0;
        }
        if (args is not ["score", var model, var rows, var column, var output])
            return 2;
        var mlContext = new MLContext();
        var transformer = mlContext.Model.Load(model, out _);
        var data = mlContext.Data.LoadFromBinary(rows);
        var scores = VectorColumn.ReadAll(transformer.Transform(data), column);
        File.WriteAllBytes(output, MemoryMarshal.AsBytes(scores.AsSpan()));
        return 0;
    }

    /// <summary>The values of a column, computed by a model file in a process of its own.</summary>
    public static float[] Score(string model, IEnumerable<StageRow> rows, string column)
    {
        using var folder = new TemporaryFolder();
        var (input, output) = (folder.File("rows.idv"), folder.File("scores.bin"));
        var mlContext = new MLContext();
        using (var stream = File.Create(input))
            mlContext.Data.SaveAsBinary(mlContext.Data.LoadFromEnumerable(rows), stream);
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
