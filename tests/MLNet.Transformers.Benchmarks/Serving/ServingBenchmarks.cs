using System.Globalization;
using System.Text.Json;
using Microsoft.ML;

namespace MLNet.Transformers.Benchmarks.Serving;

/// <summary>
/// A web service for short texts under the load of many clients: rows of all requests scored together, against one by one in the same
/// run; then with more rows than the queue holds; then with the model replaced ten times meanwhile.
/// </summary>
/// <param name="Seconds">How long each way is loaded, in turns; and how long the models are replaced.</param>
/// <param name="Clients">How many clients, each with one request at a time.</param>
/// <param name="Threads">Threads of the model.</param>
/// <param name="Column">The column with the text.</param>
internal sealed record ServingBenchmarks(double Seconds, int Clients, int Threads, string Column)
{
    private const int Swaps = 10;
    private const double TurnSeconds = 5;

    private static readonly (string Name, string Path) Together = ("micro-batches", ServingHost.Batched);

    /// <summary>A small classifier in a service of this program, asked in three ways.</summary>
    public async Task OwnAsync()
    {
        using var folder = new ScratchFolder();
        var models = new[] { folder.File("1.mlnet"), folder.File("2.mlnet") };
        ServedModels.Write(models);
        var path = folder.File("Model.mlnet");
        File.Copy(models[0], path);
        var program = typeof(ServingBenchmarks).Assembly.Location;
        using var service = await Service.StartAsync(program, [ServingHost.Child, path, $"{Threads}"], folder.Path, Threads);
        await CompareAsync([(service, "an engine of the pool for each request", ServingHost.Pooled), (service, "one queue, a row at a time", ServingHost.Queued), (service, Together.Name, Together.Path)]);
        await OverloadAsync(service);
        await SwapAsync(service, new ModelSwaps(path, models));
        Print($"stopped by SIGTERM with exit code {await service.StopAsync()}");
    }

    /// <summary>The web project of a folder, as it was built: once as it is, and once with batches of one row.</summary>
    public async Task ProjectAsync(string folder)
    {
        var (program, model) = BuiltProject.Find(folder);
        using var scratch = new ScratchFolder();
        var (path, copy) = (scratch.File(Path.GetFileName(model)), scratch.File("copy.mlnet"));
        File.Copy(model, path);
        File.Copy(model, copy);
        if (File.Exists(Path.Combine(folder, "appsettings.json")))
            File.Copy(Path.Combine(folder, "appsettings.json"), scratch.File("appsettings.json"));
        using var single = await Service.StartAsync(program, ["--Prediction:MaxBatchRows=1"], scratch.Path, Threads);
        using var service = await Service.StartAsync(program, [], scratch.Path, Threads);
        await CompareAsync([(single, "a row at a time", Together.Path), (service, Together.Name, Together.Path)]);
        Print($"stopped by SIGTERM with exit code {await single.StopAsync()}");
        await OverloadAsync(service);
        await SwapAsync(service, new ModelSwaps(path, [copy]));
        Print($"stopped by SIGTERM with exit code {await service.StopAsync()}");
    }

    /// <summary>A service that runs already, asked in its own way.</summary>
    public async Task AddressAsync(Uri address)
    {
        using var service = new Service(address);
        await service.ReadyAsync();
        await CompareAsync([(service, Together.Name, Together.Path)]);
        await OverloadAsync(service);
    }

    private async Task CompareAsync((Service Service, string Name, string Path)[] ways)
    {
        var load = new Load(Clients, [.. Texts().Select(text => Row(text))]);
        var results = ways.Select(way => new LoadResult(way.Name)).ToArray();
        foreach (var (service, name, path) in ways)
            await load.RunAsync(service, path, Math.Min(2, Seconds), new LoadResult(name));
        var (rows, batches) = await BatchesAsync(ways[^1].Service);
        // In turns, so that all ways see the same machine.
        var turns = Math.Max(1, (int)Math.Round(Seconds / TurnSeconds));
        for (var turn = 0; turn < turns; turn++)
            foreach (var (i, (service, _, path)) in ways.Index())
                await load.RunAsync(service, path, Seconds / turns, results[i]);
        var (laterRows, laterBatches) = await BatchesAsync(ways[^1].Service);
        Console.WriteLine($"{Clients} clients, each with one text at a time, on the same {Environment.ProcessorCount} cores as the service.\n{LoadResult.Head}");
        foreach (var result in results)
            Console.WriteLine(result);
        if (results is [.. { Length: > 0 } others, var together])
            Print($"micro-batches are {together.Throughput / others.Max(other => other.Throughput):0.00} times as fast as the better of the others, with {(laterRows - rows) / (laterBatches - batches):0.0} rows a batch; {results.Sum(result => result.Others(200))} requests failed");
    }

    /// <summary>Sends requests of so many rows that the queue cannot hold them all.</summary>
    private async Task OverloadAsync(Service service)
    {
        var result = new LoadResult("64 rows a request, more than the queue holds");
        var load = new Load(Clients, [.. Texts().Chunk(64).Select(texts => $"[{string.Join(',', texts.Select(Row))}]")]);
        await load.RunAsync(service, Together.Path, Math.Min(5, Seconds), result);
        Console.WriteLine(result);
        Print($"{result.Others(200, 429)} answers were neither 200 nor 429; {await service.MetricAsync("prediction_queue_rows")} rows wait afterwards");
    }

    private async Task SwapAsync(Service service, ModelSwaps swaps)
    {
        var before = service.Resident;
        var (tokens, padding) = await TokensAsync(service);
        var result = new LoadResult($"micro-batches, the model replaced {Swaps} times");
        var load = new Load(Clients, [.. Texts().Select(text => Row(text))]).RunAsync(service, Together.Path, Seconds, result);
        var swapping = swaps.RunAsync(service, Swaps, Seconds);
        var resident = new List<long>();
        while (!load.IsCompleted || !swapping.IsCompleted)
        {
            await Task.Delay(TimeSpan.FromSeconds(Math.Max(0.2, Seconds / 100)));
            resident.Add(service.Resident);
        }
        await Task.WhenAll(load, swapping);
        Console.WriteLine(result);
        Print($"{swaps}; {result.Others(200)} requests failed");
        var (laterTokens, laterPadding) = await TokensAsync(service);
        Print($"{(laterTokens - tokens) / Seconds:#,0} tokens a second; {(laterPadding - padding) / (laterTokens - tokens + laterPadding - padding):0 %} of what the model computes is padding");
        var tenths = resident.Chunk(Math.Max(1, resident.Count / 10)).Select(part => part.Max());
        Print($"resident memory {before} MiB before, {resident.Max()} at most, {service.Resident} after; at most in each tenth {string.Join(' ', tenths)}");
    }

    private static async Task<(double Rows, double Batches)> BatchesAsync(Service service)
    {
        // Of a service of several models the one that gathers rows is the default.
        const string label = "model=\"default\"";
        return (await service.MetricAsync("prediction_batch_rows_sum", label), await service.MetricAsync("prediction_batch_rows_count", label));
    }

    private static async Task<(double Tokens, double Padding)> TokensAsync(Service service) =>
        (await service.MetricAsync("transformer_tokens_total"), await service.MetricAsync("transformer_padding_tokens_total"));

    private static string[] Texts()
    {
        var mlContext = new MLContext(1);
        var rows = mlContext.Data.LoadFromTextFile<Package>(PackageTexts.Find(), hasHeader: true);
        return [.. mlContext.Data.CreateEnumerable<Package>(rows, reuseRowObject: false).Select(package => package.Summary).Where(text => text.Length > 0).Take(2048)];
    }

    private string Row(string text) => JsonSerializer.Serialize(new Dictionary<string, string> { [Column] = text });

    private static void Print(FormattableString what) => Console.WriteLine(what.ToString(CultureInfo.InvariantCulture));
}
