using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.ObjectPool;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Microsoft.Extensions.ML;

/// <summary>The engines of one name: a new pool of them whenever the loader has a newer model.</summary>
internal sealed class EnginesOfModel<TData, TPrediction>
    where TData : class
    where TPrediction : class, new()
{
    private readonly MLContext _context;
    private volatile DefaultObjectPool<PredictionEngine<TData, TPrediction>> _pool;

    public EnginesOfModel(IServiceProvider services, PredictionEnginePoolOptions<TData, TPrediction> poolOptions)
    {
        _context = services.GetRequiredService<IOptions<MLOptions>>().Value.MLContext;
        Loader = poolOptions.ModelLoader ?? throw new ArgumentNullException(nameof(poolOptions));
        Renew();
        ChangeToken.OnChange(Loader.GetReloadToken, Renew);
    }

    public ModelLoader Loader { get; }

    public PredictionEngine<TData, TPrediction> Get() => _pool.Get();

    public void Return(PredictionEngine<TData, TPrediction> engine) => _pool.Return(engine);

    private void Renew() => _pool = new(new EnginePolicy<TData, TPrediction>(_context, Loader.GetModel()));
}
