namespace MLNet.Transformers.Models;

/// <summary>A sequence with its number.</summary>
/// <param name="Tokens">The encoded text.</param>
/// <param name="Target">The number that the model should give.</param>
public sealed record ScoredSequence(TokenSequence Tokens, float Target);
