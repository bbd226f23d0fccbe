namespace MLNet.Transformers.Models;

/// <summary>A sequence with the labels that hold for it, any number of them.</summary>
/// <param name="Tokens">The encoded text.</param>
/// <param name="Labels">For each label 1 where it holds and 0 where it does not.</param>
public sealed record MultiLabeledSequence(TokenSequence Tokens, float[] Labels);
