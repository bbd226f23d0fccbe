using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.ML;

/// <summary>Takes the models of a pool.</summary>
public class PredictionEnginePoolBuilder<TData, TPrediction>
    where TData : class
    where TPrediction : class, new()
{
    public PredictionEnginePoolBuilder(IServiceCollection services) => Services = services ?? throw new ArgumentException(nameof(services));

    public IServiceCollection Services { get; private set; }
}
