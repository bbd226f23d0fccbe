using System.Runtime.CompilerServices;

namespace MLNet.Transformers.Models;

/// <summary>How a model is trained.</summary>
public sealed record TrainingOptions
{
    /// <summary>Number of passes over the examples.</summary>
    public int Epochs { get; init; } = 3;

    /// <summary>Number of steps after which training ends, however many passes that takes; null for <see cref="Epochs"/>.</summary>
    public long? MaxSteps { get; init; }

    /// <summary>How examples are put into batches.</summary>
    public Batching Batching { get; init; } = new TokenBudget(4096);

    /// <summary>Number of batches whose gradients make one step.</summary>
    public int AccumulatedBatches { get; init; } = 1;

    /// <summary>The greatest learning rate.</summary>
    public double LearningRate { get; init; } = 5e-5;

    /// <summary>The greatest learning rate of the head; null for <see cref="LearningRate"/>.</summary>
    public double? HeadLearningRate { get; init; }

    /// <summary>
    /// Share of the rate of the layer above that each layer has, the last one of <see cref="LearningRate"/> and the embeddings of the
    /// first layer's: layer-wise rate decay, as <see href="https://arxiv.org/abs/2003.10555">Clark et al., 2020</see> use it; 1 for none.
    /// </summary>
    public double LayerDecay { get; init; } = 1;

    /// <summary>How the rate rises and falls.</summary>
    public Schedule Schedule { get; init; } = Schedule.Linear;

    /// <summary>Share of the steps in which the rate rises from 0.</summary>
    public double WarmUp { get; init; } = 0.1;

    /// <summary>Number of steps in which the rate rises; null for <see cref="WarmUp"/>.</summary>
    public long? WarmUpSteps { get; init; }

    /// <summary>Share of the rate that <see cref="Schedule.Linear"/> and <see cref="Schedule.Cosine"/> fall to, such as 0.1; 0 to fall to nothing.</summary>
    public double MinLearningRateShare { get; init; }

    /// <summary>How much Adam's mean of the gradients keeps of itself at each step: β₁ of <see href="https://arxiv.org/abs/1412.6980">Kingma and Ba, 2015</see>.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>How much Adam's mean of their squares keeps of itself at each step: β₂, such as 0.98 for a transformer from scratch.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>What Adam adds to the root of that mean, so that nothing is divided by 0: ε.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>How strongly matrices shrink at each step; biases and norms do not.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>The decay at the last step, to which it goes along half a cosine, as <see href="https://arxiv.org/abs/2104.14294">DINO</see> raises it from 0.04 to 0.4; null to keep it.</summary>
    public double? FinalWeightDecay { get; init; }

    /// <summary>The norm that all gradients together are clipped to; null for none.</summary>
    public double? MaxGradientNorm { get; init; } = 1;

    /// <summary>Whether the embeddings, and what else the layers share, stay as they are.</summary>
    public bool FreezeEmbeddings { get; init; }

    /// <summary>How many layers, from the first, stay as they are.</summary>
    public int FrozenLayers { get; init; }

    /// <summary>Names of modules or parameters that stay as they are, such as <c>backbone.stack.layers.0.attention</c>.</summary>
    public IReadOnlyList<string> FrozenNames { get; init; } = [];

    /// <summary>
    /// Whether only the head trains in the first epoch, and in every later one a layer more from the top:
    /// <see href="https://arxiv.org/abs/1801.06146">Howard and Ruder, 2018</see>.
    /// </summary>
    public bool GradualUnfreezing { get; init; }

    /// <summary>
    /// How much an exponential moving average of the weights keeps of itself at each step, such as 0.999; it is what is validated and
    /// what training gives. Null for no average.
    /// </summary>
    public double? EmaDecay { get; init; }

    /// <summary>Which of the measured weights training gives the mean of, in place of the best ones; null for none.</summary>
    public WeightAveraging? Averaging { get; init; }

    /// <summary>The numbers that the model computes with in training; it is validated and given in single precision.</summary>
    public Precision Precision { get; init; }

    /// <summary>
    /// Whether layers are computed a second time in the backward pass instead of keeping what they computed: a third more time for much
    /// less memory, and the same gradients but for rounding. <see href="https://arxiv.org/abs/1604.06174">Chen et al., 2016</see>.
    /// </summary>
    public bool GradientCheckpointing { get; init; }

    /// <summary>Steps from one validation to the next, besides one at the end; null to validate after every epoch.</summary>
    public int? ValidateEverySteps { get; init; }

    /// <summary>Number of validations without a better one after which training stops; null to go through all epochs.</summary>
    public int? Patience { get; init; }

    /// <summary>Which validation is the best.</summary>
    public BestBy BestBy { get; init; } = BestBy.Metric;

    /// <summary>How the training is kept on disk, to go on after it was killed; null for not at all.</summary>
    public CheckpointOptions? Checkpoints { get; init; }

    /// <summary>Decides every shuffle and every dropout.</summary>
    public int Seed { get; init; }

    /// <summary>Steps between two reports.</summary>
    public int ReportEvery { get; init; } = 10;

    /// <summary>
    /// The optimizer of section 5.3 of <see href="https://arxiv.org/abs/1706.03762">Attention Is All You Need</see>: Adam with β₂ of
    /// 0.98, no decay and no clipping, at the rate hidden size^-0.5 · min(step^-0.5, step · warm-up^-1.5), steps counted from 1.
    /// </summary>
    /// <param name="hiddenSize">Width of the hidden states.</param>
    /// <param name="warmUp">The step, from 1, that has the greatest rate.</param>
    /// <param name="factor">What the rate is multiplied by.</param>
    public static TrainingOptions Noam(long hiddenSize, long warmUp = 4000, double factor = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hiddenSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(warmUp, 1);
        return new TrainingOptions
        {
            LearningRate = factor / Math.Sqrt(hiddenSize * (double)warmUp),
            Schedule = Schedule.InverseSquareRoot,
            WarmUpSteps = warmUp - 1,
            Beta2 = 0.98,
            Epsilon = 1e-9,
            WeightDecay = 0,
            MaxGradientNorm = null,
        };
    }

    /// <summary>Refuses values that cannot be.</summary>
    /// <exception cref="ArgumentException">Names the value.</exception>
    public void Require()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxSteps ?? 1, 1, nameof(MaxSteps));
        ArgumentOutOfRangeException.ThrowIfLessThan(AccumulatedBatches, 1);
        RequireFinite(LearningRate);
        RequireFinite(HeadLearningRate);
        RequireFinite(LayerDecay);
        RequireFinite(WarmUp);
        RequireFinite(MinLearningRateShare);
        RequireFinite(Beta1);
        RequireFinite(Beta2);
        RequireFinite(Epsilon);
        RequireFinite(WeightDecay);
        RequireFinite(FinalWeightDecay);
        RequireFinite(MaxGradientNorm);
        RequireFinite(EmaDecay);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LearningRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(HeadLearningRate ?? 1, nameof(HeadLearningRate));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LayerDecay);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LayerDecay, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(WarmUp);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(WarmUp, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(WarmUpSteps ?? 0, nameof(WarmUpSteps));
        ArgumentOutOfRangeException.ThrowIfNegative(MinLearningRateShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MinLearningRateShare, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Beta1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Beta1, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Beta2);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Beta2, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Epsilon);
        ArgumentOutOfRangeException.ThrowIfNegative(WeightDecay);
        ArgumentOutOfRangeException.ThrowIfNegative(FinalWeightDecay ?? 0, nameof(FinalWeightDecay));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxGradientNorm ?? 1, nameof(MaxGradientNorm));
        ArgumentOutOfRangeException.ThrowIfNegative(FrozenLayers);
        ArgumentOutOfRangeException.ThrowIfNegative(EmaDecay ?? 0, nameof(EmaDecay));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(EmaDecay ?? 0, 1, nameof(EmaDecay));
        if (!Enum.IsDefined(Precision))
            throw new ArgumentOutOfRangeException(nameof(Precision), Precision, "There is no such precision.");
        ArgumentOutOfRangeException.ThrowIfLessThan(Averaging?.Count ?? 1, 1, nameof(Averaging));
        ArgumentOutOfRangeException.ThrowIfLessThan(ValidateEverySteps ?? 1, 1, nameof(ValidateEverySteps));
        ArgumentOutOfRangeException.ThrowIfLessThan(Patience ?? 1, 1, nameof(Patience));
        ArgumentOutOfRangeException.ThrowIfLessThan(ReportEvery, 1);
        Checkpoints?.Require();
    }

    private static void RequireFinite(double? value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (value is { } number && !double.IsFinite(number))
            throw new ArgumentOutOfRangeException(name, number, "Must be a finite number.");
    }
}

/// <summary>What makes one validation better than another.</summary>
public enum BestBy
{
    /// <summary>A greater metric, such as accuracy.</summary>
    Metric,

    /// <summary>A smaller loss.</summary>
    Loss,
}
