namespace MLNet.Transformers.Models;

/// <summary>A text, or two in their order, whose hidden tokens are to be guessed.</summary>
/// <param name="Text">The encoded text.</param>
/// <param name="Disordered">The same first text with another after it, or both in the wrong order; null where no order is to be learnt.</param>
public sealed record MaskedTextExample(MaskableSequence Text, MaskableSequence? Disordered = null);
