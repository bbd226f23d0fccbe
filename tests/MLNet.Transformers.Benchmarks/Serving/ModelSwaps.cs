using System.Diagnostics;
using System.Globalization;

namespace MLNet.Transformers.Benchmarks.Serving;

/// <summary>Replaces the file of a served model again and again: by <c>cp</c> over it, and by <c>mv</c> into its place.</summary>
/// <param name="path">The file that is served.</param>
/// <param name="models">Files with models, in turn.</param>
internal sealed class ModelSwaps(string path, IReadOnlyList<string> models)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Seconds from each swap until the model had taken over.</summary>
    public List<double> Seconds { get; } = [];

    /// <summary>Makes so many swaps over so many seconds, each when the one before has taken over.</summary>
    public async Task RunAsync(Service service, int count, double seconds)
    {
        var total = Stopwatch.StartNew();
        for (var swap = 0; swap < count; swap++)
        {
            var version = await service.MetricAsync("prediction_model_version");
            var time = Stopwatch.StartNew();
            await ReplaceAsync(models[swap % models.Count], moves: swap % 2 == 1);
            while (await service.MetricAsync("prediction_model_version") == version)
            {
                if (time.Elapsed > Longest)
                    throw new TimeoutException($"Swap {swap + 1} was not taken over.");
                await Task.Delay(20);
            }
            Seconds.Add(time.Elapsed.TotalSeconds);
            if (TimeSpan.FromSeconds(seconds * (swap + 1) / count) - total.Elapsed is { Ticks: > 0 } left)
                await Task.Delay(left);
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Seconds.Count} models took over, half of them by cp and half by mv, each within {Seconds.Max():0.0} s");

    private async Task ReplaceAsync(string model, bool moves)
    {
        if (!moves)
        {
            await CopyAsync(model, path);
            return;
        }
        await CopyAsync(model, path + ".next");
        await RunAsync("mv", path + ".next", path);
    }

    private static Task CopyAsync(string from, string to) => RunAsync("cp", from, to);

    private static async Task RunAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(command, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{command} {string.Join(' ', arguments)} failed.");
    }
}
