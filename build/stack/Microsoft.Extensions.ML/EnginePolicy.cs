using Microsoft.Extensions.ObjectPool;

namespace Microsoft.Extensions.ML;

/// <summary>Makes the engines of one model; each that comes back is kept, as long as there is room.</summary>
internal sealed class EnginePolicy<TData, TPrediction>(MLContext context, ITransformer model) : PooledObjectPolicy<PredictionEngine<TData, TPrediction>>
    where TData : class
    where TPrediction : class, new()
{
    public override PredictionEngine<TData, TPrediction> Create() => context.Model.CreatePredictionEngine<TData, TPrediction>(model);

    public override bool Return(PredictionEngine<TData, TPrediction> obj) => true;
}
