using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using MLNet.Transformers.Serving.Batching;

namespace MLNet.Transformers.Serving.Models;

/// <summary>Unhealthy until a model is served and from the shutdown on; degraded while the latest model cannot be served.</summary>
internal sealed class ModelHealthCheck<TInput, TOutput>(
    ModelKeeper<TInput, TOutput> models, BatchRunner<TInput, TOutput> runner, IHostApplicationLifetime lifetime) : IHealthCheck
    where TInput : class, new()
    where TOutput : class, new()
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        var failure = models.Failure;
        if (runner.IsStopping || lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("The service is shutting down.");
        }
        if (models.Current is not { } model)
        {
            return HealthCheckResult.Unhealthy(failure is null ? "The model is loading." : $"There is no model: {failure.Reason}");
        }
        var data = new Dictionary<string, object> { ["version"] = model.Version, ["servedSince"] = model.LoadedAt };
        if (failure is null)
        {
            return HealthCheckResult.Healthy($"Version {model.Version} of the model is served.", data);
        }
        data["failedAt"] = failure.At;
        return HealthCheckResult.Degraded($"Version {model.Version} of the model is served; a later one cannot be: {failure.Reason}", data: data);
    }
}
