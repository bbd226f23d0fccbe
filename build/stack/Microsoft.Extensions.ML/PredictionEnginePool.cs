using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.ML;

/// <summary>Prediction engines for many threads: of a default model, and of named ones.</summary>
public class PredictionEnginePool<TData, TPrediction>
    where TData : class
    where TPrediction : class, new()
{
    private readonly IServiceProvider _services;
    private readonly IOptionsFactory<PredictionEnginePoolOptions<TData, TPrediction>> _options;
    private readonly EnginesOfModel<TData, TPrediction> _default;
    private readonly ConcurrentDictionary<string, EnginesOfModel<TData, TPrediction>> _named = new();

    public PredictionEnginePool(
        IServiceProvider serviceProvider,
        IOptions<MLOptions> mlContextOptions,
        IOptionsFactory<PredictionEnginePoolOptions<TData, TPrediction>> predictionEngineOptions)
    {
        _services = serviceProvider;
        _options = predictionEngineOptions;
        var options = predictionEngineOptions.Create(string.Empty);
        if (options.ModelLoader is not null)
            _default = new(serviceProvider, options);
    }

    public ITransformer GetModel() => _default.Loader.GetModel();

    public ITransformer GetModel(string modelName) => Named(modelName).Loader.GetModel();

    public PredictionEngine<TData, TPrediction> GetPredictionEngine() => GetPredictionEngine(string.Empty);

    public PredictionEngine<TData, TPrediction> GetPredictionEngine(string modelName)
    {
        if (!string.IsNullOrEmpty(modelName))
            return Named(modelName).Get();
        return _default is not null ? _default.Get()
            : throw new ArgumentException("You need to configure a default, not named, model before you use this method.");
    }

    public void ReturnPredictionEngine(PredictionEngine<TData, TPrediction> engine) => ReturnPredictionEngine(string.Empty, engine);

    public void ReturnPredictionEngine(string modelName, PredictionEngine<TData, TPrediction> engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        (string.IsNullOrEmpty(modelName) ? _default : _named[modelName]).Return(engine);
    }

    private EnginesOfModel<TData, TPrediction> Named(string modelName) =>
        _named.TryGetValue(modelName, out var engines) ? engines
            : _named.GetOrAdd(modelName, new EnginesOfModel<TData, TPrediction>(_services, _options.Create(modelName)));
}
