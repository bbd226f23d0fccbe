namespace MLNet.Transformers.Models;

/// <summary>How the cosine of two texts is held against the similarity that they should have.</summary>
public enum SimilarityLoss
{
    /// <summary>
    /// Only their order counts: a pair that is more alike must have the greater cosine. The logarithm of 1 and, over all two pairs
    /// in the wrong order, the exponential of the scaled difference: <see href="https://kexue.fm/archives/8847">CoSENT, Su, 2022</see>.
    /// </summary>
    Order,

    /// <summary>The square of the difference: <see href="https://arxiv.org/abs/1908.10084">Sentence-BERT, Reimers and Gurevych, 2019</see>, section 3.</summary>
    SquaredError,
}
