using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// Trains an embedder to find each text's partner among the partners of the whole batch, and the negatives where there are any, by
/// cross-entropy over scaled cosines: <see href="https://arxiv.org/abs/1705.00652">Henderson et al., 2017</see>, section 4.4. Its
/// metric is the share of texts whose own partner is the nearest. The more examples in a batch, the harder it is to learn from.
/// </summary>
/// <param name="embedder">Makes a batch of texts (batch, width).</param>
/// <param name="paddingId">The id that fills sequences up.</param>
public sealed class MultipleNegativesRankingTask(Module<TokenBatch, Tensor> embedder, int paddingId)
    : EmbeddingTask<SentenceTriple>(embedder, paddingId)
{
    /// <summary>What cosines are multiplied by: the inverse of the softmax's temperature.</summary>
    public double Scale { get; init; } = 20;

    /// <inheritdoc/>
    public override string MetricName => "accuracy";

    /// <inheritdoc/>
    public override object Settings => new { Scale, TokenDropout };

    /// <inheritdoc/>
    public override int LengthOf(SentenceTriple example) => example.Length;

    /// <inheritdoc/>
    public override BatchLoss Loss(TrainingBatch<SentenceTriple> batch)
    {
        var scores = Rank(batch.Examples, batch.Random);
        return new BatchLoss(functional.cross_entropy(scores, OwnPartners(batch.Examples.Count)), batch.Examples.Count);
    }

    /// <inheritdoc/>
    public override BatchScore Score(TrainingBatch<SentenceTriple> batch)
    {
        var (scores, own) = (Rank(batch.Examples, null), OwnPartners(batch.Examples.Count));
        var loss = functional.cross_entropy(scores, own).item<float>() * (double)batch.Examples.Count;
        return new BatchScore(loss, scores.argmax(1).eq(own).sum().item<long>(), batch.Examples.Count);
    }

    /// <summary>How near each anchor is to each candidate, (anchors, candidates): partners first, then negatives.</summary>
    private Tensor Rank(IReadOnlyList<SentenceTriple> examples, Random? random)
    {
        var candidates = examples.Select(example => example.Positive).Concat(examples.Select(example => example.Negative).OfType<TokenSequence>()).ToArray();
        var anchors = EmbedOnSphere(examples.Select(example => example.Anchor), random);
        var scores = anchors.matmul(EmbedOnSphere(candidates, random).t()).mul(Scale);
        return AlsoRight(examples, candidates) is { } others ? scores.masked_fill(others, float.NegativeInfinity) : scores;
    }

    /// <summary>Where a candidate other than the anchor's own partner says the same as the partner or the anchor: no wrong answer, so not one to push away.</summary>
    private Tensor? AlsoRight(IReadOnlyList<SentenceTriple> examples, TokenSequence[] candidates)
    {
        var places = candidates.Index().ToLookup(candidate => Key(candidate.Item), candidate => candidate.Index);
        var same = new bool[examples.Count * candidates.Length];
        foreach (var (row, example) in examples.Index())
            foreach (var column in places[Key(example.Positive)].Concat(places[Key(example.Anchor)]))
                same[row * candidates.Length + column] = column != row;
        return same.Contains(true) ? tensor(same, [examples.Count, candidates.Length], device: Device) : null;
    }

    private static string Key(TokenSequence text) => string.Join(' ', text.Ids);

    private Tensor OwnPartners(int count) => arange(count, ScalarType.Int64, Device);
}
