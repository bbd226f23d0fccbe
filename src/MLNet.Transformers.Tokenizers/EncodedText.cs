using System.Collections.Immutable;

namespace MLNet.Transformers.Tokenizers;

/// <summary>The tokens of one text, or of two, with everything that a model or a reader of its output needs.</summary>
/// <remarks>All lists have one entry a token.</remarks>
public sealed class EncodedText
{
    /// <summary>The ids of the tokens.</summary>
    public required ImmutableArray<int> Ids { get; init; }

    /// <summary>For each token which text it is in the eyes of the model: 0 or 1 (<c>token_type_ids</c>).</summary>
    public required ImmutableArray<int> TypeIds { get; init; }

    /// <summary>1 for each token, 0 for padding.</summary>
    public required ImmutableArray<int> AttentionMask { get; init; }

    /// <summary>1 for each token that the post-processor or padding added, 0 for those of the text.</summary>
    public required ImmutableArray<int> SpecialTokensMask { get; init; }

    /// <summary>The texts of the tokens, as the vocabulary has them.</summary>
    public required ImmutableArray<string> Tokens { get; init; }

    /// <summary>For each token the word it is of, counted from 0 in its text; <see langword="null"/> for special tokens.</summary>
    public required ImmutableArray<int?> WordIds { get; init; }

    /// <summary>For each token the text it is of: 0, 1, or <see langword="null"/> for special tokens.</summary>
    public required ImmutableArray<int?> SequenceIds { get; init; }

    /// <summary>For each token where it stands in the original text, in UTF-16 units; empty for special tokens.</summary>
    public required ImmutableArray<Range> Offsets { get; init; }

    /// <summary>What truncation cut off, in windows as long as this one.</summary>
    public ImmutableArray<EncodedText> Overflowing { get; init; } = [];

    /// <summary>The number of tokens.</summary>
    public int Length => Ids.Length;
}
