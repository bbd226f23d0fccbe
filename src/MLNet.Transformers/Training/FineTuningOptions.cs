using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>What every trainer of a transformer takes: which model to start from, how to train, and whom to tell.</summary>
/// <remarks>
/// With <see cref="PretrainedFolder"/> a published model is fine-tuned; without, <see cref="Model"/> starts from random weights and
/// a WordPiece vocabulary is learnt from the training texts. What is null by default follows from which of the two it is.
/// </remarks>
public abstract record FineTuningOptions
{
    private protected FineTuningOptions()
    {
    }

    /// <summary>A Hugging Face folder (config.json, weights, tokenizer) to start from; null to start from scratch.</summary>
    public string? PretrainedFolder { get; init; }

    /// <summary>The model to train from scratch; its vocabulary, segments and labels follow from the data.</summary>
    public ModelConfig Model { get; init; } = TransformerEncoder.Small;

    /// <summary>How many pieces the vocabulary that is learnt from scratch has at most.</summary>
    public int VocabularySize { get; init; } = 8192;

    /// <summary>The longest input in tokens, special ones included; longer texts lose their end. Null: 128 from scratch, otherwise what the model can take.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Passes over the training rows.</summary>
    public int Epochs { get; init; } = 3;

    /// <summary>Tokens in one batch, padding included.</summary>
    public int BatchTokens { get; init; } = 4096;

    /// <summary>Batches whose gradients make one step.</summary>
    public int AccumulatedBatches { get; init; } = 1;

    /// <summary>The greatest learning rate. Null: 2e-3 from scratch, otherwise 5e-5.</summary>
    public double? LearningRate { get; init; }

    /// <summary>How the rate falls after warm-up.</summary>
    public Schedule Schedule { get; init; } = Schedule.Linear;

    /// <summary>Share of the steps in which the rate rises.</summary>
    public double WarmUp { get; init; } = 0.1;

    /// <summary>AdamW's decay of matrices; biases and norms do not decay.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>The norm that all gradients together are clipped to; null for none.</summary>
    public double? MaxGradientNorm { get; init; } = 1;

    /// <summary>Probability with which a token is hidden from the model in training. Null: 0.1 from scratch, otherwise 0.</summary>
    public double? TokenDropout { get; init; }

    /// <summary>Share of the rows, chosen by the seed, that is kept out of training to validate on; 0 for none.</summary>
    public double ValidationFraction { get; init; }

    /// <summary>Rows to validate on after every epoch, with the columns that training reads; goes before <see cref="ValidationFraction"/>.</summary>
    public IDataView? ValidationSet { get; init; }

    /// <summary>Validations without a better one after which training stops; null to go through all epochs. The best weights are kept either way.</summary>
    public int? Patience { get; init; }

    /// <summary>Decides the random weights, the shuffles and the dropout; null to take it from the context's seed.</summary>
    public int? Seed { get; init; }

    /// <summary>The CUDA device to use; null for the context's, and where that has none the CPU.</summary>
    public int? GpuDeviceId { get; init; }

    /// <summary>Ends training early; the model is then the best so far.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Hears of every few steps and of every validation.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>The task over columns as they are.</summary>
    internal abstract FineTuningTask Bind(DataViewSchema schema);

    /// <summary>The task over columns as they are promised.</summary>
    internal abstract FineTuningTask Bind(SchemaShape schema);

    internal TrainingOptions ToTraining(int seed) => new()
    {
        Epochs = Epochs,
        Batching = new TokenBudget(BatchTokens),
        AccumulatedBatches = AccumulatedBatches,
        LearningRate = LearningRate ?? (PretrainedFolder is null ? 2e-3 : 5e-5),
        Schedule = Schedule,
        WarmUp = WarmUp,
        WeightDecay = WeightDecay,
        MaxGradientNorm = MaxGradientNorm,
        Patience = Patience,
        Seed = seed,
    };

    /// <exception cref="ArgumentOutOfRangeException">Names the option whose value cannot be.</exception>
    internal virtual void Require()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(VocabularySize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLength ?? 3, 3, nameof(MaxLength));
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchTokens, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(ValidationFraction);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(ValidationFraction, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(TokenDropout ?? 0, nameof(TokenDropout));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(TokenDropout ?? 0, 1, nameof(TokenDropout));
        if (Patience is not null && ValidationSet is null && ValidationFraction == 0)
            throw new ArgumentException($"{nameof(Patience)} needs a {nameof(ValidationSet)} or a {nameof(ValidationFraction)} to judge by.");
    }
}
