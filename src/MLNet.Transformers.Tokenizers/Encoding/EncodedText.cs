using System.Collections.Immutable;

namespace MLNet.Transformers.Tokenizers;

/// <summary>The tokens of one text, or of two, with everything that a model or a reader of its output needs.</summary>
/// <remarks>All lists have one entry a token.</remarks>
public sealed class EncodedText
{
    internal EncodedText()
    {
    }

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

    /// <summary>The index of the token that a character of the text is in, or <see langword="null"/> where none is.</summary>
    /// <param name="position">The place of the character in the original text, in UTF-16 units.</param>
    /// <param name="sequence">Which text: 0 or 1.</param>
    public int? FindToken(int position, int sequence = 0)
    {
        for (int i = 0; i < Length; i++)
        {
            if (SequenceIds[i] == sequence && position >= Offsets[i].Start.Value && position < Offsets[i].End.Value)
            {
                return i;
            }
        }

        return null;
    }

    /// <summary>The tokens of a word, or <see langword="null"/> where it has none.</summary>
    /// <param name="word">The number of the word, as <see cref="WordIds"/> counts.</param>
    /// <param name="sequence">Which text: 0 or 1.</param>
    public Range? FindTokensOfWord(int word, int sequence = 0)
    {
        int start = 0;
        while (start < Length && !IsOfWord(start, word, sequence))
        {
            start++;
        }

        int end = start;
        while (end < Length && IsOfWord(end, word, sequence))
        {
            end++;
        }

        return end > start ? start..end : null;
    }

    /// <summary>Where a word stands in the original text, in UTF-16 units, or <see langword="null"/> where it has no tokens.</summary>
    /// <param name="word">The number of the word, as <see cref="WordIds"/> counts.</param>
    /// <param name="sequence">Which text: 0 or 1.</param>
    public Range? FindWord(int word, int sequence = 0) => FindTokensOfWord(word, sequence) is { } tokens
        ? Offsets[tokens.Start].Start..Offsets[tokens.End.Value - 1].End
        : null;

    /// <summary>The same, padded to a length where it is shorter.</summary>
    internal EncodedText PadTo(int length, Padding padding)
    {
        ImmutableArray<EncodedText> overflowing = [.. Overflowing.Select(window => window.PadTo(length, padding))];
        int missing = length - Length;
        if (missing <= 0 && overflowing.Length == 0)
        {
            return this;
        }

        var columns = new TokenColumns(Math.Max(length, Length));
        if (padding.Side == TextSide.Left)
        {
            columns.AddPadding(padding, missing);
        }

        columns.AddEncoded(this);
        if (padding.Side == TextSide.Right)
        {
            columns.AddPadding(padding, missing);
        }

        return columns.ToEncodedText(overflowing);
    }

    private bool IsOfWord(int token, int word, int sequence) => WordIds[token] == word && SequenceIds[token] == sequence;
}
