using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ML;
using MLNet.Transformers.Serving;
using static TorchSharp.torch;

namespace MLNet.Transformers.Benchmarks.Serving;

/// <summary>The service that is measured, in a process of its own: one model, asked in three ways.</summary>
internal static class ServingHost
{
    /// <summary>What the program is called with to be the service.</summary>
    public const string Child = "serve";

    /// <summary>Rows of all requests together.</summary>
    public const string Batched = "/batched";

    /// <summary>The same way, but batches of one row.</summary>
    public const string Queued = "/queued";

    /// <summary>As ML.NET's web projects do it: an engine of the pool for each request.</summary>
    public const string Pooled = "/pooled";

    /// <summary>Serves until its input ends; its first line of output is its address.</summary>
    public static void Run(string modelPath, string threads)
    {
        set_num_threads(int.Parse(threads, CultureInfo.InvariantCulture));
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Error)
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        builder.Services.AddPredictionEnginePool<Package, Filing>().FromFile("batched", modelPath, watchForChanges: true);
        builder.Services.AddPredictionEnginePool<Package, SingleFiling>().FromFile("single", modelPath, watchForChanges: false);
        builder.Services.AddBatchedPrediction<Package, Filing>(options => (options.ModelName, options.MaxBatchRows) = ("batched", 64));
        builder.Services.AddBatchedPrediction<Package, SingleFiling>(options => (options.ModelName, options.MaxBatchRows) = ("single", 1));
        using var app = builder.Build();
        app.MapPrediction<Package, Filing>(Batched);
        app.MapPrediction<Package, SingleFiling>(Queued);
        app.MapPost(Pooled, (Package package, PredictionEnginePool<Package, SingleFiling> pool) =>
            Results.Bytes(JsonSerializer.SerializeToUtf8Bytes(pool.Predict("single", package)), "application/json"));
        app.MapHealth();
        app.MapMetrics();
        app.Start();
        Console.WriteLine(app.Urls.Single());
        Console.In.ReadToEnd();
        app.StopAsync().GetAwaiter().GetResult();
    }
}
