namespace MLNet.Transformers.Models;

/// <summary>A sequence in which a span is to be found.</summary>
/// <param name="Tokens">The encoded texts.</param>
/// <param name="Start">Index of the span's first token; that of the classification token where there is no span.</param>
/// <param name="End">Index of its last token; that of the classification token where there is no span.</param>
public sealed record SpanSequence(TokenSequence Tokens, int Start, int End);
