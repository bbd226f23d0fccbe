namespace Microsoft.ML;

public abstract partial class TrainCatalogBase
{
    private protected IReadOnlyList<CrossValidationResult<TMetrics>> CrossValidate<TMetrics>(
        IDataView data,
        IEstimator<ITransformer> estimator,
        int numFolds,
        string samplingKeyColumn,
        int? seed,
        Func<IDataView, TMetrics> evaluate)
        where TMetrics : class
    {
        Environment.CheckValue(data, nameof(data));
        Environment.CheckValue(estimator, nameof(estimator));
        Environment.CheckParam(numFolds > 1, nameof(numFolds), "Must be more than 1");
        var results = new List<CrossValidationResult<TMetrics>>();
        foreach (var fold in new DataOperationsCatalog(Environment).CrossValidationSplit(data, numFolds, samplingKeyColumn, seed))
        {
            var model = estimator.Fit(fold.TrainSet);
            var scores = model is ITransformerChainAccessor chain
                ? new TransformerChain<ITransformer>(chain.Transformers, chain.Scopes).Transform(fold.TestSet, TransformerScope.Everything)
                : model.Transform(fold.TestSet);
            results.Add(new(model, evaluate(scores), scores, results.Count));
        }

        return results;
    }

    /// <summary>What came of one fold of a cross-validation.</summary>
    public sealed class CrossValidationResult<T>
        where T : class
    {
        public readonly T Metrics;

        public readonly ITransformer Model;

        public readonly IDataView ScoredHoldOutSet;

        public readonly int Fold;

        internal CrossValidationResult(ITransformer model, T metrics, IDataView scores, int fold) =>
            (Model, Metrics, ScoredHoldOutSet, Fold) = (model, metrics, scores, fold);
    }
}
