namespace MLNet.Transformers.Tokenizers;

/// <summary>A token of a <see cref="Unigram"/> vocabulary and the logarithm of its probability.</summary>
/// <param name="Token">The text of the token.</param>
/// <param name="Score">The natural logarithm of its probability.</param>
public readonly record struct UnigramPiece(string Token, double Score);
