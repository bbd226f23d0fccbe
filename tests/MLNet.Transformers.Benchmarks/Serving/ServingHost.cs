using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.ML;
using MLNet.Transformers.Serving;
using static TorchSharp.torch;

namespace MLNet.Transformers.Benchmarks.Serving;

/// <summary>The service that is measured, in a process of its own: one model, asked in three ways.</summary>
internal static class ServingHost
{
    /// <summary>What the program is called with to be the service.</summary>
    public const string Child = "serve";

    /// <summary>Rows of all requests together, as a generated web project has it.</summary>
    public const string Batched = "/predict";

    /// <summary>The same way, but batches of one row.</summary>
    public const string Queued = "/queued";

    /// <summary>As ML.NET's web projects do it: an engine of the pool for each request.</summary>
    public const string Pooled = "/pooled";

    /// <summary>Serves until it is told to stop.</summary>
    public static void Run(string modelPath, string threads, string[] args)
    {
        set_num_threads(int.Parse(threads, CultureInfo.InvariantCulture));
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddPredictionEnginePool<Package, Filing>().FromFile(modelPath, watchForChanges: true, TimeSpan.FromSeconds(0.5));
        builder.Services.AddPredictionEnginePool<Package, SingleFiling>().FromFile("single", modelPath, watchForChanges: false);
        builder.Services.AddBatchedPrediction<Package, Filing>();
        builder.Services.AddBatchedPrediction<Package, SingleFiling>(options => (options.ModelName, options.MaxBatchRows) = ("single", 1));
        using var app = builder.Build();
        app.MapPrediction<Package, Filing>(Batched);
        app.MapPrediction<Package, SingleFiling>(Queued);
        app.MapPost(Pooled, (Package package, PredictionEnginePool<Package, SingleFiling> pool) =>
            Results.Bytes(JsonSerializer.SerializeToUtf8Bytes(pool.Predict("single", package)), "application/json"));
        app.MapHealth();
        app.MapMetrics();
        app.Run();
    }
}
