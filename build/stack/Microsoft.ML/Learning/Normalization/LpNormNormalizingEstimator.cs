namespace Microsoft.ML.Transforms;

/// <summary>Scales each vector to a norm of one, after subtracting its mean if that is wanted.</summary>
public sealed class LpNormNormalizingEstimator : LpNormNormalizingEstimatorBase
{
    internal LpNormNormalizingEstimator(
        IHostEnvironment env, NormFunction norm, bool ensureZeroMean, params (string Output, string Input)[] columns)
        : base(env, new LpNormNormalizingTransformer(env, norm, ensureZeroMean, columns))
    {
    }
}
