using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Transformers.Benchmarks.Serving;

/// <summary>
/// A web service for a small classifier of short texts under the load of many clients: rows of all requests scored together,
/// against one by one; then with the model replaced ten times meanwhile.
/// </summary>
internal static class ServingBenchmarks
{
    private const int Clients = 64;
    private const int Swaps = 10;
    private const double TurnSeconds = 5;

    public static void Compare(double seconds, int threads) => CompareAsync(seconds, threads).GetAwaiter().GetResult();

    private static async Task CompareAsync(double seconds, int threads)
    {
        var folder = Directory.CreateTempSubdirectory("serving-");
        try
        {
            var path = Path.Combine(folder.FullName, "Model.mlnet");
            var packages = Packages();
            var models = new[] { Model(packages, 1), Model(packages, 2) };
            Write(path, models[0]);
            using var host = Process.Start(new ProcessStartInfo(
                "dotnet", [typeof(ServingBenchmarks).Assembly.Location, ServingHost.Child, path, threads.ToString(CultureInfo.InvariantCulture)])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
            var address = new Uri(await host.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The service did not start."));
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address };
            while (!(await client.GetAsync("/health/ready")).IsSuccessStatusCode)
                await Task.Delay(100);

            string[] texts = [.. packages.Select(package => package.Summary).Take(2000)];
            await CompareWaysAsync(address, host, client, texts, seconds);
            await SwapAsync(address, host, client, texts, path, models, seconds);

            host.StandardInput.Close();
            await host.WaitForExitAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task CompareWaysAsync(Uri address, Process host, HttpClient client, string[] texts, double seconds)
    {
        (string Name, string Path, LoadResult Result)[] ways =
        [
            ("an engine of the pool a request", ServingHost.Pooled, new()),
            ("one queue, a row at a time", ServingHost.Queued, new()),
            ("one queue, micro-batches", ServingHost.Batched, new()),
        ];
        foreach (var (_, path, _) in ways)
            await LoadAsync(address, host, path, texts, Math.Min(2, seconds), new LoadResult());
        var (rows, batches) = await BatchesAsync(client);
        var turns = Math.Max(1, (int)Math.Round(seconds / TurnSeconds));
        for (var turn = 0; turn < turns; turn++)
        {
            foreach (var (_, path, result) in ways)
                await LoadAsync(address, host, path, texts, seconds / turns, result);
        }
        foreach (var (name, _, result) in ways)
            Print(name, $"{result}");
        var (laterRows, laterBatches) = await BatchesAsync(client);
        var best = Math.Max(ways[0].Result.Throughput, ways[1].Result.Throughput);
        Print("micro-batches", $"{ways[2].Result.Throughput / best:0.00} times as fast as the better of the others; {(laterRows - rows) / (laterBatches - batches):0.0} rows a batch");
    }

    private static async Task SwapAsync(Uri address, Process host, HttpClient client, string[] texts, string path, byte[][] models, double seconds)
    {
        var before = Resident(host);
        var version = await MetricAsync(client, "prediction_model_version");
        var result = new LoadResult();
        var load = LoadAsync(address, host, ServingHost.Batched, texts, seconds, result);
        var resident = new List<long>();
        for (var swap = 1; swap <= Swaps; swap++)
        {
            Write(path, models[swap % models.Length]);
            await Task.Delay(TimeSpan.FromSeconds(seconds / (Swaps + 1)));
            resident.Add(Resident(host));
        }
        await load;
        Print($"{Swaps} swaps", $"{result}");
        Print($"{Swaps} swaps", $"{result.Failures} failures; {await MetricAsync(client, "prediction_model_version") - version} models took over; "
            + $"resident {before} MiB before, {string.Join(' ', resident)} after each, {Resident(host)} MiB at the end");
    }

    private static async Task LoadAsync(Uri address, Process host, string path, string[] texts, double seconds, LoadResult result)
    {
        byte[][] requests = [.. texts.Select(text => LoadClient.Post(path, JsonSerializer.Serialize(new { Summary = text })))];
        LoadClient[] clients = [.. Enumerable.Range(0, Clients).Select(_ => new LoadClient(address, requests))];
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var work = Work(host);
        var time = Stopwatch.StartNew();
        await Task.WhenAll(clients.Select((client, i) => Task.Run(() => client.RunAsync(31 * i, stop.Token))));
        result.Add(clients, time.Elapsed.TotalSeconds, Work(host) - work);
        Array.ForEach(clients, client => client.Dispose());
    }

    private static async Task<(double Rows, double Batches)> BatchesAsync(HttpClient client) =>
        (await MetricAsync(client, "prediction_batch_rows_sum"), await MetricAsync(client, "prediction_batch_rows_count"));

    private static async Task<double> MetricAsync(HttpClient client, string name)
    {
        var line = (await client.GetStringAsync("/metrics")).Split('\n').First(line => line.StartsWith(name + "{model=\"batched\"}", StringComparison.Ordinal));
        return double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
    }

    private static Package[] Packages()
    {
        var mlContext = new MLContext(1);
        var rows = mlContext.Data.LoadFromTextFile<Package>(PackageTexts.Find(), hasHeader: true);
        return [.. mlContext.Data.CreateEnumerable<Package>(rows, reuseRowObject: false)];
    }

    /// <summary>A model file; trained for a moment only, since a model takes as long whatever it says.</summary>
    private static byte[] Model(Package[] packages, int seed)
    {
        var mlContext = new MLContext(seed);
        var rows = mlContext.Data.LoadFromEnumerable(packages.Take(1000));
        var model = mlContext.Transforms.Conversion.MapValueToKey("Label", nameof(Package.Section))
            .Append(mlContext.MulticlassClassification.Trainers.TransformerTextClassification(
                new TextClassificationOptions { TextColumnName = nameof(Package.Summary), Epochs = 1, Seed = seed }))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(rows);
        using var stream = new MemoryStream();
        mlContext.Model.Save(model, rows.Schema, stream);
        return stream.ToArray();
    }

    /// <summary>Writes the file in place, locked meanwhile as by <c>Model.Save</c>, once the service has read the one before.</summary>
    private static void Write(string path, byte[] model)
    {
        while (true)
        {
            try
            {
                using var file = File.Create(path);
                file.Write(model);
                return;
            }
            catch (IOException) when (File.Exists(path))
            {
                Thread.Sleep(10);
            }
        }
    }

    private static double Work(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime.TotalSeconds;
    }

    private static long Resident(Process process)
    {
        process.Refresh();
        return process.WorkingSet64 >> 20;
    }

    private static void Print(string name, string what) => Console.WriteLine($"{"serving",-14} {name,-34} {what}");
}
