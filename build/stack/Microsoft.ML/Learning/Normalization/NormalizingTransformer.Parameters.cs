namespace Microsoft.ML.Transforms;

public sealed partial class NormalizingTransformer
{
    /// <summary>What was learnt for one column.</summary>
    public abstract class NormalizerModelParametersBase
    {
        private protected NormalizerModelParametersBase()
        {
        }
    }

    /// <summary>The scale and the offset of a column; offsets that are all zero are left out.</summary>
    public sealed class AffineNormalizerModelParameters<TData> : NormalizerModelParametersBase
    {
        internal AffineNormalizerModelParameters(TData scale, TData offset) => (Scale, Offset) = (scale, offset);

        public TData Scale { get; }

        public TData Offset { get; }
    }

    /// <summary>The mean and the standard deviation of a column.</summary>
    public sealed class CdfNormalizerModelParameters<TData> : NormalizerModelParametersBase
    {
        internal CdfNormalizerModelParameters(TData mean, TData standardDeviation, bool useLog) =>
            (Mean, StandardDeviation, UseLog) = (mean, standardDeviation, useLog);

        public TData Mean { get; }

        public TData StandardDeviation { get; }

        public bool UseLog { get; }
    }
}
