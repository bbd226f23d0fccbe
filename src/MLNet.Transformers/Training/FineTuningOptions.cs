using MLNet.Transformers.Models;

namespace MLNet.Transformers;

/// <summary>What every trainer of a transformer takes: which model to start from, how to train, and whom to tell.</summary>
/// <remarks>With <see cref="PretrainedFolder"/> a published model is fine-tuned; without, one starts from random weights.</remarks>
public abstract record FineTuningOptions
{
    private protected FineTuningOptions()
    {
    }

    /// <summary>A Hugging Face folder with a model to start from; null to start from scratch.</summary>
    public string? PretrainedFolder { get; init; }

    /// <summary>Passes over the training rows.</summary>
    public int Epochs { get; init; } = 3;

    /// <summary>Steps after which training ends, however many passes that takes; null for <see cref="Epochs"/>.</summary>
    public long? MaxSteps { get; init; }

    /// <summary>Batches whose gradients make one step.</summary>
    public int AccumulatedBatches { get; init; } = 1;

    /// <summary>The greatest learning rate. Null: 5e-5 from a model that was trained before; from scratch 2e-3 for texts, 3e-4 where they are made vectors, and 1e-3 for images.</summary>
    public double? LearningRate { get; init; }

    /// <summary>The greatest learning rate of the head; null for <see cref="LearningRate"/>.</summary>
    public double? HeadLearningRate { get; init; }

    /// <summary>Share of the rate of the layer above that each layer has, from the head down: layer-wise rate decay, such as 0.9; 1 for none.</summary>
    public double LayerDecay { get; init; } = 1;

    /// <summary>How the rate rises and falls.</summary>
    public Schedule Schedule { get; init; } = Schedule.Linear;

    /// <summary>Share of the steps in which the rate rises.</summary>
    public double WarmUp { get; init; } = 0.1;

    /// <summary>Steps in which the rate rises; null for <see cref="WarmUp"/>.</summary>
    public long? WarmUpSteps { get; init; }

    /// <summary>Share of the rate that <see cref="Schedule.Linear"/> and <see cref="Schedule.Cosine"/> fall to; 0 to fall to nothing.</summary>
    public double MinLearningRateShare { get; init; }

    /// <summary>How much Adam's mean of the gradients keeps of itself at each step: β₁.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>How much Adam's mean of their squares keeps of itself at each step: β₂, such as 0.98 for a transformer that writes texts, from scratch.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>What Adam adds to the root of that mean, so that nothing is divided by 0: ε.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>AdamW's decay of matrices; biases and norms do not decay.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>The decay at the last step, to which it goes along half a cosine; null to keep it.</summary>
    public double? FinalWeightDecay { get; init; }

    /// <summary>The norm that all gradients together are clipped to; null for none.</summary>
    public double? MaxGradientNorm { get; init; } = 1;

    /// <summary>Whether the embeddings stay as they are.</summary>
    public bool FreezeEmbeddings { get; init; }

    /// <summary>How many layers, from the first, stay as they are.</summary>
    public int FrozenLayers { get; init; }

    /// <summary>Names of modules or parameters that stay as they are, such as <c>backbone.stack.layers.0.attention</c>.</summary>
    public IReadOnlyList<string> FrozenNames { get; init; } = [];

    /// <summary>Whether only the head trains in the first epoch, and in every later one a layer more from the top.</summary>
    public bool GradualUnfreezing { get; init; }

    /// <summary>How much an exponential moving average of the weights keeps of itself at each step, such as 0.999; it is what is validated and what the model is. Null for no average.</summary>
    public double? EmaDecay { get; init; }

    /// <summary>Which of the weights at the ends of epochs, or wherever else they are validated, the model becomes the mean of: checkpoint averaging. Null for none, and the best weights.</summary>
    public WeightAveraging? Averaging { get; init; }

    /// <summary>The numbers that the model computes with in training. <see cref="Precision.BFloat16"/> is for GPUs, and slow on most CPUs.</summary>
    public Precision Precision { get; init; }

    /// <summary>Whether layers are computed a second time in the backward pass instead of keeping what they computed: a third more time for much less memory, and the same gradients.</summary>
    public bool GradientCheckpointing { get; init; }

    /// <summary>Share of the rows, chosen by the seed, that is kept out of training to validate on; 0 for none.</summary>
    public double ValidationFraction { get; init; }

    /// <summary>Rows to validate on after every epoch, with the columns that training reads; goes before <see cref="ValidationFraction"/>.</summary>
    public IDataView? ValidationSet { get; init; }

    /// <summary>Steps from one validation to the next, besides one at the end; null to validate after every epoch.</summary>
    public int? ValidateEverySteps { get; init; }

    /// <summary>Validations without a better one after which training stops; null to go through all epochs. The best weights are kept either way.</summary>
    public int? Patience { get; init; }

    /// <summary>Which validation is the best.</summary>
    public BestBy BestBy { get; init; } = BestBy.Metric;

    /// <summary>How the training is kept on disk, so that one that was killed goes on where it was when it is fitted again; it needs a <see cref="Seed"/>. Null for not at all.</summary>
    public CheckpointOptions? Checkpoints { get; init; }

    /// <summary>Decides the random weights, the shuffles and the dropout; null to take it from the context's seed.</summary>
    public int? Seed { get; init; }

    /// <summary>The CUDA device to use; null for the context's, and where that has none the CPU.</summary>
    public int? GpuDeviceId { get; init; }

    /// <summary>Ends training early; the model is then the best so far.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Steps between two reports, and two points of the loss curve.</summary>
    public int ReportEvery { get; init; } = 10;

    /// <summary>Hears of every few steps and of every validation.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Whether training starts from the weights of another transformer.</summary>
    internal bool IsWarmStart { get; init; }

    /// <summary>Whether training starts from random weights.</summary>
    internal bool IsFromScratch => PretrainedFolder is null && !IsWarmStart;

    /// <summary>The greatest learning rate from scratch where none is set.</summary>
    private protected abstract double ScratchLearningRate { get; }

    /// <summary>How rows make batches in training.</summary>
    private protected abstract Batching Batching { get; }

    internal TrainingOptions ToTraining(int seed) => new()
    {
        Epochs = Epochs,
        MaxSteps = MaxSteps,
        Batching = Batching,
        AccumulatedBatches = AccumulatedBatches,
        LearningRate = LearningRate ?? (IsFromScratch ? ScratchLearningRate : 5e-5),
        HeadLearningRate = HeadLearningRate,
        LayerDecay = LayerDecay,
        Schedule = Schedule,
        WarmUp = WarmUp,
        WarmUpSteps = WarmUpSteps,
        MinLearningRateShare = MinLearningRateShare,
        Beta1 = Beta1,
        Beta2 = Beta2,
        Epsilon = Epsilon,
        WeightDecay = WeightDecay,
        FinalWeightDecay = FinalWeightDecay,
        MaxGradientNorm = MaxGradientNorm,
        FreezeEmbeddings = FreezeEmbeddings,
        FrozenLayers = FrozenLayers,
        FrozenNames = FrozenNames,
        GradualUnfreezing = GradualUnfreezing,
        EmaDecay = EmaDecay,
        Averaging = Averaging,
        ValidateEverySteps = ValidateEverySteps,
        Precision = Precision,
        GradientCheckpointing = GradientCheckpointing,
        Patience = Patience,
        BestBy = BestBy,
        Checkpoints = Checkpoints,
        Seed = seed,
        ReportEvery = ReportEvery,
    };

    /// <exception cref="ArgumentException">Names the option whose value cannot be.</exception>
    internal virtual void Require()
    {
        ToTraining(0).Require();
        ArgumentOutOfRangeException.ThrowIfNegative(ValidationFraction);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(ValidationFraction, 1);
        if (Patience is not null && ValidationSet is null && ValidationFraction == 0)
            throw new ArgumentException($"{nameof(Patience)} needs a {nameof(ValidationSet)} or a {nameof(ValidationFraction)} to judge by.");
        if (Checkpoints is not null && Seed is null)
            throw new ArgumentException($"{nameof(Checkpoints)} need a {nameof(Seed)}, without which no training is the same as the one before.");
    }
}
