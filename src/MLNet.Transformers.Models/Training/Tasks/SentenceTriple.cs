namespace MLNet.Transformers.Models;

/// <summary>A text, one that means the same, and perhaps one that does not.</summary>
/// <param name="Anchor">The text.</param>
/// <param name="Positive">One that should be near it.</param>
/// <param name="Negative">One that should be far from it; null for none.</param>
public sealed record SentenceTriple(TokenSequence Anchor, TokenSequence Positive, TokenSequence? Negative = null)
{
    /// <summary>Tokens of all the texts.</summary>
    public int Length => Anchor.Length + Positive.Length + (Negative?.Length ?? 0);
}
