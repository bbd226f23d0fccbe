namespace MLNet.Transformers.Models;

/// <summary>A sequence with its class.</summary>
/// <param name="Tokens">The encoded text.</param>
/// <param name="Label">Index of the class, from 0.</param>
public sealed record LabeledSequence(TokenSequence Tokens, int Label);
