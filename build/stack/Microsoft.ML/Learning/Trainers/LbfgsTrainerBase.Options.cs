namespace Microsoft.ML.Trainers;

public abstract partial class LbfgsTrainerBase<TOptions, TTransformer, TModel>
{
    /// <summary>How to train. Examples always lie in memory, and vectors that are dense stay dense.</summary>
    public abstract class OptionsBase : TrainerInputBaseWithWeight
    {
        public float L2Regularization = Defaults.L2Regularization;

        public float L1Regularization = Defaults.L1Regularization;

        /// <summary>The mean improvement of the loss at which to stop.</summary>
        public float OptimizationTolerance = Defaults.OptimizationTolerance;

        /// <summary>How many steps the inverse Hessian is estimated from.</summary>
        public int HistorySize = Defaults.HistorySize;

        public int MaximumNumberOfIterations = int.MaxValue;

        public bool Quiet;

        /// <summary>The width of the range about zero that weights begin in.</summary>
        public float InitialWeightsDiameter;

        /// <summary>All processors' where it is null.</summary>
        public int? NumberOfThreads;

        public bool DenseOptimizer;

        public bool EnforceNonNegativity = Defaults.EnforceNonNegativity;

        protected OptionsBase()
        {
        }

        internal static class Defaults
        {
            public const float L2Regularization = 1;
            public const float L1Regularization = 1;
            public const float OptimizationTolerance = 1e-7f;
            public const int HistorySize = 20;
            public const bool EnforceNonNegativity = false;
        }
    }
}
