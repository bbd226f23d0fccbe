namespace MLNet.Transformers.Tokenizers;

/// <summary>A piece of a SentencePiece model; its id is its position.</summary>
/// <param name="Text">The text, with <c>▁</c> for a space.</param>
/// <param name="Score">The logarithm of its probability (Unigram), or minus the rank of the merge that makes it (byte-pair encoding).</param>
/// <param name="Type">What it is for.</param>
public readonly record struct SentencePiece(string Text, float Score, SentencePieceType Type);
