using MLNet.Transformers.Models;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers;

/// <summary>Options of <see cref="TransformerFeaturizingEstimator"/>: the columns, the model, and how its states become features.</summary>
/// <remarks>
/// What is null follows from the folder: one that <see href="https://sbert.net">sentence-transformers</see> has written says how to pool,
/// what comes after, how long texts may be and which prompt goes before them; another one is pooled by the mean over the tokens.
/// </remarks>
public sealed record FeaturizingOptions
{
    /// <summary>The name of the output: one vector of <see cref="float"/> a row, of a size that is known before any row is read.</summary>
    public string OutputColumnName { get; init; } = "Features";

    /// <summary>The text.</summary>
    public string TextColumnName { get; init; } = "Text";

    /// <summary>A second text, read after the first; null for none.</summary>
    public string? TextPairColumnName { get; init; }

    /// <summary>A Hugging Face or sentence-transformers folder with the model; null where the model is in memory.</summary>
    public string? PretrainedFolder { get; init; }

    /// <summary>A model trained in this process, whose encoder and tokenizer are copied; null where it comes from elsewhere.</summary>
    public FineTunedTransformer? Model { get; init; }

    /// <summary>A network in memory, whose encoder is copied, with its <see cref="Tokenizer"/>; null where the model comes from elsewhere.</summary>
    public TextModel? Network { get; init; }

    /// <summary>The tokenizer of <see cref="Network"/>.</summary>
    public TransformerTokenizer? Tokenizer { get; init; }

    /// <summary>How states become a vector, several poolings joined in this order. Set, it stands for all that a folder says of what follows on the encoder.</summary>
    public IReadOnlyList<Pooling>? Poolings { get; init; }

    /// <summary>Whether vectors are scaled to a Euclidean norm of 1. Null: as the folder says, otherwise not.</summary>
    public bool? Normalizes { get; init; }

    /// <summary>The longest text in tokens, special ones included; longer texts lose their end. Null: as the folder says, otherwise what the model can take.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The name of one of the folder's prompts, which goes before each text; null for the folder's default prompt, if it has one.</summary>
    public string? PromptName { get; init; }

    /// <summary>Tokens in one batch, padding included.</summary>
    public int BatchTokens { get; init; } = 4096;

    /// <summary>The name of an output with the last hidden states, a vector of (tokens × hidden); null for none.</summary>
    public string? TokenStatesColumnName { get; init; }

    /// <summary>The name of an output with the states before the first layer and after each, a vector of (layers + 1 × tokens × hidden); null for none.</summary>
    public string? LayerStatesColumnName { get; init; }

    /// <summary>The name of an output with the attention weights, a vector of (layers × heads × tokens × tokens); null for none.</summary>
    public string? AttentionsColumnName { get; init; }

    /// <summary>The CUDA device to use; null for the context's, and where that has none the CPU.</summary>
    public int? GpuDeviceId { get; init; }

    /// <exception cref="ArgumentException">Names the options that contradict each other, or the one whose value cannot be.</exception>
    internal void Require()
    {
        if (new object?[] { PretrainedFolder, Model, Network }.Count(source => source is not null) != 1)
            throw new ArgumentException($"Exactly one of {nameof(PretrainedFolder)}, {nameof(Model)} and {nameof(Network)} must be set.");
        if (Network is null != Tokenizer is null)
            throw new ArgumentException($"{nameof(Network)} and {nameof(Tokenizer)} go together.");
        if (Poolings is { Count: 0 })
            throw new ArgumentException($"{nameof(Poolings)} is empty.");
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLength ?? 3, 3, nameof(MaxLength));
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchTokens, 1);
        if (PromptName is not null && PretrainedFolder is null)
            throw new ArgumentException($"{nameof(PromptName)} needs a {nameof(PretrainedFolder)}, which lists the prompts.");
    }
}
