namespace MLNet.Transformers.Models;

/// <summary>A sequence in which a span is to be found.</summary>
/// <param name="Tokens">The encoded texts.</param>
/// <param name="Start">Index of the span's first token; where there is no span, that of the token that stands for there being none.</param>
/// <param name="End">Index of its last token; where there is no span, the same.</param>
/// <param name="HasSpan">Whether there is a span.</param>
public sealed record SpanSequence(TokenSequence Tokens, int Start, int End, bool HasSpan = true);
