namespace MLNet.Transformers.Models;

/// <summary>Sequences of which one is right.</summary>
/// <param name="Choices">The encoded choices, each with what it is a choice for.</param>
/// <param name="Label">Index of the right one, from 0.</param>
public sealed record ChoiceExample(TokenSequence[] Choices, int Label);
