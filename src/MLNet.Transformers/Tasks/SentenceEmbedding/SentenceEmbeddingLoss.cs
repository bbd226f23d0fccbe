using MLNet.Transformers.Models;

namespace MLNet.Transformers;

/// <summary>What a sentence embedding is trained to do.</summary>
public abstract record SentenceEmbeddingLoss
{
    private protected SentenceEmbeddingLoss()
    {
    }

    /// <summary>Whether rows must have a similarity.</summary>
    internal virtual bool NeedsSimilarity => false;

    /// <summary>Whether rows must have a negative text.</summary>
    internal virtual bool NeedsNegative => false;

    internal virtual void Require()
    {
    }
}

/// <summary>
/// To find each text's partner among the partners of the whole batch, and the negatives where there are any:
/// <see href="https://arxiv.org/abs/1705.00652">Henderson et al., 2017</see>. The greater <see cref="TextFineTuningOptions.BatchTokens"/>,
/// the more there is to tell apart.
/// </summary>
/// <param name="Scale">What cosines are multiplied by before the softmax.</param>
public sealed record MultipleNegativesRankingLoss(double Scale = 20) : SentenceEmbeddingLoss
{
    internal override void Require() => ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Scale);
}

/// <summary>To have each text nearer to its partner than to its negative: <see href="https://arxiv.org/abs/1908.10084">Sentence-BERT, 2019</see>.</summary>
/// <param name="Distance">How far two vectors are from each other.</param>
/// <param name="Margin">By how much the negative must be farther away.</param>
public sealed record TripletLoss(TripletDistance Distance = TripletDistance.Euclidean, double Margin = 1) : SentenceEmbeddingLoss
{
    internal override bool NeedsNegative => true;

    internal override void Require() => ArgumentOutOfRangeException.ThrowIfNegative(Margin);
}

/// <summary>To have cosines in the order of the similarities: <see href="https://kexue.fm/archives/8847">CoSENT, Su, 2022</see>.</summary>
/// <param name="Scale">What differences of cosines are multiplied by.</param>
public sealed record CoSentLoss(double Scale = 20) : SentenceEmbeddingLoss
{
    internal override bool NeedsSimilarity => true;

    internal override void Require() => ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Scale);
}

/// <summary>To have cosines equal to the similarities, by the squared error: <see href="https://arxiv.org/abs/1908.10084">Sentence-BERT, 2019</see>.</summary>
public sealed record CosineSimilarityLoss : SentenceEmbeddingLoss
{
    internal override bool NeedsSimilarity => true;
}
