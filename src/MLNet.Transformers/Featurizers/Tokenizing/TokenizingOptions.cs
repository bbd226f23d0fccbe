using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers;

/// <summary>Options of <see cref="TransformerTokenizingEstimator"/>: the columns, the tokenizer, and how its output is cut and filled.</summary>
public sealed record TokenizingOptions
{
    /// <summary>The text.</summary>
    public string TextColumnName { get; init; } = "Text";

    /// <summary>A second text, encoded after the first; null for none.</summary>
    public string? TextPairColumnName { get; init; }

    /// <summary>The name of the output with the token ids.</summary>
    public string TokenIdsColumnName { get; init; } = "TokenIds";

    /// <summary>The name of the output that says which text a token is of, 0 or 1.</summary>
    public string TypeIdsColumnName { get; init; } = "TypeIds";

    /// <summary>The name of the output with 1 for each token and 0 for padding.</summary>
    public string AttentionMaskColumnName { get; init; } = "AttentionMask";

    /// <summary>A Hugging Face folder, or a file that <see cref="TransformerTokenizer"/> reads; null where <see cref="Trainer"/> learns a tokenizer.</summary>
    public string? TokenizerPath { get; init; }

    /// <summary>Learns a tokenizer from the texts in <c>Fit</c>; goes only without <see cref="TokenizerPath"/>.</summary>
    public TokenizerTrainer? Trainer { get; init; }

    /// <summary>The longest output in tokens, special ones included; longer texts are cut. Null: what the tokenizer's own file says.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Whether all outputs are filled up to <see cref="MaxLength"/>, so that the columns are vectors of a known size.</summary>
    public bool PadToMaxLength { get; init; }

    internal IReadOnlyList<InputColumn> Inputs => TextPairColumnName is null
        ? [new(TextColumnName, ColumnShape.Text)]
        : [new(TextColumnName, ColumnShape.Text), new(TextPairColumnName, ColumnShape.Text)];

    internal IReadOnlyList<OutputColumn> Outputs
    {
        get
        {
            var type = PadToMaxLength ? new VectorDataViewType(NumberDataViewType.Int64, MaxLength!.Value) : new VectorDataViewType(NumberDataViewType.Int64);
            return [.. new[] { TokenIdsColumnName, TypeIdsColumnName, AttentionMaskColumnName }.Select(name => new OutputColumn(name, type, DataViewSchema.Annotations.Empty))];
        }
    }

    internal void Require()
    {
        if (TokenizerPath is null == Trainer is null)
            throw new ArgumentException($"Exactly one of {nameof(TokenizerPath)} and {nameof(Trainer)} must be set.");
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLength ?? 1, 1, nameof(MaxLength));
        if (PadToMaxLength && MaxLength is null)
            throw new ArgumentException($"{nameof(PadToMaxLength)} needs a {nameof(MaxLength)}.");
    }

    /// <summary>The tokenizer, cut and filled as these options say.</summary>
    internal TransformerTokenizer Apply(TransformerTokenizer tokenizer)
    {
        if (MaxLength is not { } length)
            return tokenizer;
        var cut = tokenizer.WithTruncation((tokenizer.Pipeline.Truncation ?? new Truncation(length)) with { MaxLength = length });
        if (!PadToMaxLength)
            return cut;
        var padding = cut.Pipeline.Padding ?? new Padding { Id = cut.PaddingTokenId ?? throw new InvalidOperationException("The tokenizer has no padding token to fill up with.") };
        return cut.WithPadding(padding with { Length = length });
    }
}
