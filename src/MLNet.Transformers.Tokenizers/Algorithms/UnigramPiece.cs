namespace MLNet.Transformers.Tokenizers;

/// <summary>A token of a <see cref="Unigram"/> vocabulary and the logarithm of its probability.</summary>
/// <param name="Token">The text of the token.</param>
/// <param name="Score">The natural logarithm of its probability, or <see cref="NeverFound"/>.</param>
public readonly record struct UnigramPiece(string Token, double Score)
{
    /// <summary>The score, far below that of any probability, of a token that has an id but is never found in a text.</summary>
    public const double NeverFound = -1_000_000;
}
