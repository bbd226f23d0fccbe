namespace MLNet.Transformers.Models;

/// <summary>A sequence some of whose tokens can be hidden.</summary>
/// <param name="Tokens">The encoded text.</param>
/// <param name="Words">For each token the number of its word, tokens of one word side by side; −1 for special tokens, which are never hidden.</param>
public sealed record MaskableSequence(TokenSequence Tokens, int[] Words);
