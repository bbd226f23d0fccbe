namespace MLNet.Transformers.Tokenizers;

/// <summary>What becomes of the text that a pre-tokenizer splits at.</summary>
/// <remarks>Splitting <c>the-final--countdown</c> at each hyphen serves as the example.</remarks>
/// <seealso href="https://huggingface.co/docs/tokenizers/components#pre-tokenizers"/>
public enum DelimiterBehavior
{
    /// <summary>It goes away: <c>the|final|countdown</c>.</summary>
    Removed,

    /// <summary>It is a piece of its own: <c>the|-|final|-|-|countdown</c>.</summary>
    Isolated,

    /// <summary>It stays with the piece before: <c>the-|final-|-|countdown</c>.</summary>
    MergedWithPrevious,

    /// <summary>It stays with the piece after: <c>the|-final|-|-countdown</c>.</summary>
    MergedWithNext,

    /// <summary>What stands together is one piece: <c>the|-|final|--|countdown</c>.</summary>
    Contiguous,
}
