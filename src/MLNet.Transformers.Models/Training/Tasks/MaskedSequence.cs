namespace MLNet.Transformers.Models;

/// <summary>A sequence with some of its tokens hidden.</summary>
/// <param name="Tokens">What the model sees.</param>
/// <param name="Positions">Where tokens are to be guessed, in order.</param>
/// <param name="Answers">The ids that stood there.</param>
public sealed record MaskedSequence(TokenSequence Tokens, int[] Positions, int[] Answers);
