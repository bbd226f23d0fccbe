namespace MLNet.Transformers.Models;

/// <summary>Two texts and how alike they are.</summary>
/// <param name="First">A text.</param>
/// <param name="Second">Another.</param>
/// <param name="Similarity">How alike they are; for <see cref="SimilarityLoss.SquaredError"/> the cosine that they should have.</param>
public sealed record SentencePair(TokenSequence First, TokenSequence Second, float Similarity);
