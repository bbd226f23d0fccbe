namespace MLNet.Transformers.Tokenizers;

/// <summary>How encodings longer than a model takes are cut.</summary>
/// <param name="MaxLength">The greatest number of tokens, special tokens included.</param>
/// <seealso href="https://huggingface.co/docs/transformers/pad_truncation"/>
public sealed record Truncation(int MaxLength)
{
    /// <summary>Which of two texts loses tokens.</summary>
    public TruncationStrategy Strategy { get; init; } = TruncationStrategy.LongestFirst;

    /// <summary>The side that is cut.</summary>
    public TextSide Side { get; init; } = TextSide.Right;

    /// <summary>How many tokens of one window are repeated in the next.</summary>
    public int Stride { get; init; }
}

/// <summary>Which of two texts loses tokens when both together are too long.</summary>
public enum TruncationStrategy
{
    /// <summary>The longer one, until both fit.</summary>
    LongestFirst,

    /// <summary>The first one only.</summary>
    OnlyFirst,

    /// <summary>The second one only.</summary>
    OnlySecond,
}

/// <summary>A side of a sequence of tokens.</summary>
public enum TextSide
{
    /// <summary>The beginning.</summary>
    Left,

    /// <summary>The end.</summary>
    Right,
}
