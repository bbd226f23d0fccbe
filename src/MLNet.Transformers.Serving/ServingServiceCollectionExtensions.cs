using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ML;
using MLNet.Transformers.Serving.Batching;
using MLNet.Transformers.Serving.Endpoints;
using MLNet.Transformers.Serving.Metrics;
using MLNet.Transformers.Serving.Models;

namespace MLNet.Transformers.Serving;

/// <summary>Adds batched prediction to an application's services.</summary>
public static class ServingServiceCollectionExtensions
{
    /// <summary>The tag of the health checks that tell whether a model is served.</summary>
    public const string ReadyTag = "ready";

    /// <summary>
    /// Adds what scores the rows of many requests together, with the model of the <see cref="PredictionEnginePool{TData, TPrediction}"/>
    /// of the same types. A model that the pool reloads takes over between two batches, when it is warm.
    /// </summary>
    /// <remarks>
    /// Logging providers are cleared before, not after: that a model could not be reloaded is told by the pool's log alone, and one of
    /// them listens to it for the health check.
    /// </remarks>
    /// <example><code>
    /// builder.Services.AddPredictionEnginePool&lt;ModelInput, ModelOutput&gt;().FromFile("Model.mlnet", watchForChanges: true, TimeSpan.FromSeconds(0.5));
    /// builder.Services.AddBatchedPrediction&lt;ModelInput, ModelOutput&gt;(options => options.MaxBatchRows = 64);
    /// var app = builder.Build();
    /// app.MapPrediction&lt;ModelInput, ModelOutput&gt;("/predict");
    /// app.MapHealth();
    /// app.MapMetrics();
    /// </code></example>
    /// <typeparam name="TInput">A row of the request: the columns that the model reads.</typeparam>
    /// <typeparam name="TOutput">A row of the answer: the columns that the model adds.</typeparam>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">When the application starts: an option is out of its range.</exception>
    public static IServiceCollection AddBatchedPrediction<TInput, TOutput>(this IServiceCollection services, Action<BatchedPredictionOptions>? configure = null)
        where TInput : class, new()
        where TOutput : class, new()
    {
        ArgumentNullException.ThrowIfNull(services);
        var name = OptionsName.Of<TInput, TOutput>();
        services.AddOptions<BatchedPredictionOptions>(name).Configure(configure ?? (_ => { })).ValidateDataAnnotations().ValidateOnStart()
            .Validate(options => options.QueueCapacity >= options.MaxRequestRows, "QueueCapacity must be at least MaxRequestRows: a full request would never be taken.");
        services.AddMetrics();
        services.TryAddSingleton<ServingMetrics>();
        AddReloadErrors(services);
        services.AddSingleton<ModelKeeper<TInput, TOutput>>();
        services.AddSingleton<BatchRunner<TInput, TOutput>>();
        services.AddSingleton<PredictionEndpoint<TInput, TOutput>>();
        services.TryAddSingleton<InspectionThread>();
        services.AddSingleton<InspectionEndpoint<TInput, TOutput>>();
        // In this order, so that the runner, stopped first, still has its models.
        services.AddHostedService(provider => provider.GetRequiredService<ModelKeeper<TInput, TOutput>>());
        services.AddHostedService(provider => provider.GetRequiredService<BatchRunner<TInput, TOutput>>());
        services.AddHealthChecks().AddCheck<ModelHealthCheck<TInput, TOutput>>(name, tags: [ReadyTag]);
        services.ConfigureHttpJsonOptions(options => ColumnNames.Use(options.SerializerOptions, typeof(TInput), typeof(TOutput)));
        return services;
    }

    private static void AddReloadErrors(IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(ReloadErrors)))
        {
            return;
        }
        services.AddSingleton<ReloadErrors>();
        services.AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<ReloadErrors>());
        services.AddLogging(logging =>
        {
            logging.AddFilter<ReloadErrors>(null, LogLevel.None);
            foreach (var category in ReloadErrors.Categories)
            {
                logging.AddFilter<ReloadErrors>(category, LogLevel.Error);
            }
        });
    }
}
