using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>What every trainer takes whose model reads texts.</summary>
/// <remarks>
/// With <see cref="FineTuningOptions.PretrainedFolder"/> a published model is fine-tuned, with its tokenizer; without, <see cref="Model"/>
/// starts from random weights and a vocabulary is learnt from the training texts. What is null by default follows from which of the two it is.
/// </remarks>
public abstract record TextFineTuningOptions : FineTuningOptions
{
    private protected TextFineTuningOptions()
    {
    }

    /// <summary>The model to train from scratch; its vocabulary, segments and labels follow from the data.</summary>
    public TextConfig Model { get; init; } = TransformerEncoder.Small;

    /// <summary>How many pieces the vocabulary that is learnt from scratch has at most.</summary>
    public int VocabularySize { get; init; } = 8192;

    /// <summary>Whether the vocabulary that is learnt from scratch tells capital letters and accents from others. Null: for tags of words, where they show names; otherwise not.</summary>
    public bool? CaseSensitive { get; init; }

    /// <summary>The longest input in tokens, special ones included; longer texts lose their end. Null: 128 from scratch, otherwise what the model can take.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Tokens in one batch, padding included; rows of like length go together.</summary>
    public int BatchTokens { get; init; } = 4096;

    /// <summary>Rows in one batch of training, whatever their length; null to fill batches up to <see cref="BatchTokens"/>.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Probability with which a token is hidden from the model in training. Null: 0.1 from scratch, otherwise 0.</summary>
    public double? TokenDropout { get; init; }

    private protected override double ScratchLearningRate => 2e-3;

    private protected override Batching Batching => BatchSize is { } rows ? new FixedSize(rows) : new TokenBudget(BatchTokens);

    /// <summary>The task over columns as they are.</summary>
    internal abstract TextTask Bind(DataViewSchema schema);

    /// <summary>The task over columns as they are promised.</summary>
    internal abstract TextTask Bind(SchemaShape schema);

    /// <summary>The task as a published model was trained for it.</summary>
    /// <exception cref="NotSupportedException">Models are not published for the task.</exception>
    internal virtual TextTask Bind(TextConfig published) =>
        throw new NotSupportedException($"{GetType().Name} needs a trainer: no model can be applied without training.");

    /// <exception cref="ArgumentException">Names the option whose value cannot be.</exception>
    internal override void Require()
    {
        base.Require();
        ArgumentOutOfRangeException.ThrowIfLessThan(VocabularySize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLength ?? 3, 3, nameof(MaxLength));
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchTokens, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize ?? 1, 1, nameof(BatchSize));
        ArgumentOutOfRangeException.ThrowIfNegative(TokenDropout ?? 0, nameof(TokenDropout));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(TokenDropout ?? 0, 1, nameof(TokenDropout));
    }
}
