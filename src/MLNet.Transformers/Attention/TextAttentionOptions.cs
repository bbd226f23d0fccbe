using MLNet.Transformers.Models;

namespace MLNet.Transformers;

/// <summary>Options of <see cref="TextAttentionEstimator"/>: the columns, the model, and which of its attention is wanted.</summary>
public sealed record TextAttentionOptions
{
    /// <summary>The name of the output: a vector of (layers × heads × queries × keys), or with a <see cref="Rollout"/> of (queries × keys).</summary>
    public string OutputColumnName { get; init; } = "Attention";

    /// <summary>The name of an output with the texts of the tokens that are looked at, one for each key; null for none.</summary>
    public string? TokensColumnName { get; init; } = "Tokens";

    /// <summary>The text, with whatever the model was trained to find before it, such as T5's name of the task.</summary>
    public string TextColumnName { get; init; } = "Text";

    /// <summary>A second text, read after the first; null for none.</summary>
    public string? TextPairColumnName { get; init; }

    /// <summary>A Hugging Face or sentence-transformers folder with the model; null where the model is in memory.</summary>
    public string? PretrainedFolder { get; init; }

    /// <summary>A model trained or loaded in this process, whose weights are shared; null where it comes from a folder.</summary>
    public FineTunedTransformer? Model { get; init; }

    /// <summary>Which attention, in a model that reads one text and writes another.</summary>
    public AttentionSide Side { get; init; }

    /// <summary>What the decoder is to read, such as what the model has written before: needed for the target's sides, and read for these alone.</summary>
    public string? TargetColumnName { get; init; }

    /// <summary>The name of an output with the texts of the tokens that look, one for each query, for <see cref="AttentionSide.TargetToSource"/>; null for none.</summary>
    public string? TargetTokensColumnName { get; init; } = "TargetTokens";

    /// <summary>Rolls the layers out to one matrix; null for the weights of every layer and head.</summary>
    public AttentionRollout? Rollout { get; init; }

    /// <summary>The longest text in tokens, special ones included; longer texts lose their end. Null: what the model and its tokenizer take.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Tokens in one batch at most, padding included; there are fewer where their weights would take more than 256 MB.</summary>
    public int BatchTokens { get; init; } = 4096;

    /// <summary>The CUDA device to use for a folder's model; null for the context's, and where that has none the CPU.</summary>
    public int? GpuDeviceId { get; init; }

    /// <exception cref="ArgumentException">Names the options that contradict each other, or the one whose value cannot be.</exception>
    internal void Require()
    {
        if (PretrainedFolder is null == Model is null)
            throw new ArgumentException($"Exactly one of {nameof(PretrainedFolder)} and {nameof(Model)} must be set.");
        if (Side == AttentionSide.Source != TargetColumnName is null)
            throw new ArgumentException($"{nameof(TargetColumnName)} says what the decoder reads: it goes with {nameof(Side)} {AttentionSide.Target} or {AttentionSide.TargetToSource}, and they with it.");
        if (Rollout is not null && Side == AttentionSide.TargetToSource)
            throw new ArgumentException($"{nameof(Rollout)} follows tokens among themselves, and not {AttentionSide.TargetToSource}.");
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLength ?? 3, 3, nameof(MaxLength));
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchTokens, 1);
    }
}
