namespace Microsoft.ML.Data;

/// <summary>An estimator of a chain, when it takes part, and whether what it makes is cached for those after it.</summary>
internal sealed record EstimatorLink(IEstimator<ITransformer> Estimator, TransformerScope Scope, bool CachesAfter);
