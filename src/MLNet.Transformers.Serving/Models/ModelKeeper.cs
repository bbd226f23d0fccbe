using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ML;
using Microsoft.Extensions.Options;
using MLNet.Transformers.Serving.Metrics;

namespace MLNet.Transformers.Serving.Models;

/// <summary>
/// Keeps the model that is served: the pool's, from the moment that it is bound and warm. Until then, and where a new one
/// cannot be served, the old one goes on.
/// </summary>
internal sealed partial class ModelKeeper<TInput, TOutput> : BackgroundService
    where TInput : class, new()
    where TOutput : class, new()
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenCollections = TimeSpan.FromSeconds(1);

    private readonly Lock renewing = new();
    private readonly IServiceProvider services;
    private readonly BatchedPredictionOptions options;
    private readonly ReloadErrors reloadErrors;
    private readonly ServingMetrics metrics;
    private readonly ILogger<ModelKeeper<TInput, TOutput>> logger;
    private ITransformer? seen;
    private ModelFailure? seenError;
    private int collections;
    private long collectedAt;
    private volatile ServedModel<TInput, TOutput>? current;
    private volatile ModelFailure? failure;

    public ModelKeeper(
        IServiceProvider services,
        IOptionsMonitor<BatchedPredictionOptions> monitor,
        ReloadErrors reloadErrors,
        ServingMetrics metrics,
        ILogger<ModelKeeper<TInput, TOutput>> logger)
    {
        this.services = services;
        options = monitor.Get(OptionsName.Of<TInput, TOutput>());
        this.reloadErrors = reloadErrors;
        this.metrics = metrics;
        this.logger = logger;
    }

    /// <summary>The model to score with; null until there is one, and never null again.</summary>
    public ServedModel<TInput, TOutput>? Current => current;

    /// <summary>Why the latest model is not served, if it is not.</summary>
    public ModelFailure? Failure => failure;

    /// <summary>The model after one that was disposed of, at once and cold; null if there is none.</summary>
    public ServedModel<TInput, TOutput>? Successor(ServedModel<TInput, TOutput> disposed)
    {
        if (ReferenceEquals(current, disposed))
        {
            Renew(warm: false);
        }
        return ReferenceEquals(current, disposed) ? null : current;
    }

    private string Name => options.ModelName.Length > 0 ? $"the model '{options.ModelName}'" : "the model";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = Period;
        while (!stoppingToken.IsCancellationRequested)
        {
            pause = Renew(warm: true) ? Period : TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks));
            CollectReplaced();
            await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Looks at the pool's model and serves it if it is another; the result is whether the pool has a model at all.</summary>
    private bool Renew(bool warm)
    {
        lock (renewing)
        {
            HearReloadErrors();
            try
            {
                var newest = Newest();
                if (!ReferenceEquals(newest, seen))
                {
                    // A model that cannot be served is not tried again.
                    seen = newest;
                    Serve(newest, warm);
                }
                return true;
            }
            catch (Exception exception)
            {
                failure = new ModelFailure(DateTimeOffset.UtcNow, exception.Message);
                metrics.ModelFailed(options.ModelName);
                CannotServe(Name, current?.Version ?? 0, exception);
                return seen is not null;
            }
        }
    }

    private void HearReloadErrors()
    {
        if (reloadErrors.Latest is { } error && error != seenError)
        {
            seenError = error;
            failure = error;
            metrics.ModelFailed(options.ModelName);
        }
    }

    /// <summary>The pool's model. The pool is asked for here and not by the constructor, since making it loads the model, and may fail.</summary>
    private ITransformer Newest()
    {
        var pool = services.GetRequiredService<PredictionEnginePool<TInput, TOutput>>();
        if (options.ModelName.Length > 0)
        {
            return pool.GetModel(options.ModelName);
        }
        try
        {
            return pool.GetModel();
        }
        catch (NullReferenceException exception)
        {
            throw new InvalidOperationException("The pool has no default model: give it one, or name the model in the options.", exception);
        }
    }

    private void Serve(ITransformer transformer, bool warm)
    {
        var previous = current;
        var model = new ServedModel<TInput, TOutput>(
            services.GetRequiredService<IOptions<MLOptions>>().Value.MLContext, transformer, (previous?.Version ?? 0) + 1);
        if (warm)
        {
            WarmUp(model);
        }
        current = model;
        failure = null;
        // The second one for a model whose last batch is still at work at the first.
        collections = previous is null ? 0 : 2;
        metrics.ModelServed(options.ModelName, model.Version);
        Served(Name, model.Version);
    }

    /// <summary>Scores one row and a full batch of what the model might be asked, so that no request is the first.</summary>
    private void WarmUp(ServedModel<TInput, TOutput> model)
    {
        try
        {
            var sample = model.Input.Sample();
            model.Score([sample]);
            model.Score([.. Enumerable.Repeat(sample, options.MaxBatchRows)]);
        }
        catch (Exception exception)
        {
            // A made-up row proves nothing about real ones.
            NotWarmed(Name, exception);
        }
    }

    /// <summary>
    /// A replaced model is freed by the garbage collector, which does not see how much native memory hangs on it: it is told to look.
    /// </summary>
    private void CollectReplaced()
    {
        if (collections > 0 && Environment.TickCount64 - collectedAt > BetweenCollections.TotalMilliseconds)
        {
            collections--;
            collectedAt = Environment.TickCount64;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Version {Version} of {ModelName} is served")]
    private partial void Served(string modelName, long version);

    [LoggerMessage(2, LogLevel.Error, "The latest of {ModelName} cannot be served; version {Version} goes on (0: there is none)")]
    private partial void CannotServe(string modelName, long version, Exception exception);

    [LoggerMessage(3, LogLevel.Information, "There was no warming up of {ModelName}: it does not score a made-up row")]
    private partial void NotWarmed(string modelName, Exception exception);
}
