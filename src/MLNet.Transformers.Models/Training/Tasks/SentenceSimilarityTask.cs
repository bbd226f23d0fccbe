using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// Trains an embedder so that the cosines of pairs of texts follow how alike they are; its metric is the share, of any two pairs
/// in a batch that are not alike to the same degree, whose cosines are in the right order.
/// </summary>
/// <param name="embedder">Makes a batch of texts (batch, width).</param>
/// <param name="paddingId">The id that fills sequences up.</param>
public sealed class SentenceSimilarityTask(Module<TokenBatch, Tensor> embedder, int paddingId)
    : EmbeddingTask<SentencePair>(embedder, paddingId)
{
    /// <summary>How cosines are held against similarities.</summary>
    public SimilarityLoss Comparison { get; init; }

    /// <summary>What differences of cosines are multiplied by in <see cref="SimilarityLoss.Order"/>.</summary>
    public double Scale { get; init; } = 20;

    /// <inheritdoc/>
    public override string MetricName => "pairs in order";

    /// <inheritdoc/>
    public override object Settings => new { Comparison, Scale, TokenDropout };

    /// <inheritdoc/>
    public override int LengthOf(SentencePair example) => example.First.Length + example.Second.Length;

    /// <inheritdoc/>
    public override BatchLoss Loss(TrainingBatch<SentencePair> batch) =>
        new(Compare(Cosines(batch.Examples, batch.Random), Similarities(batch.Examples)), batch.Examples.Count);

    /// <inheritdoc/>
    public override BatchScore Score(TrainingBatch<SentencePair> batch)
    {
        var (cosines, similarities) = (Cosines(batch.Examples, null), Similarities(batch.Examples));
        var loss = Compare(cosines, similarities).item<float>() * (double)batch.Examples.Count;
        var more = MoreAlike(similarities);
        var right = more.logical_and(MoreAlike(cosines)).sum().item<long>();
        return new BatchScore(loss, right, batch.Examples.Count) { MetricCount = more.sum().item<long>() };
    }

    private Tensor Compare(Tensor cosines, Tensor similarities)
    {
        if (Comparison == SimilarityLoss.SquaredError)
            return functional.mse_loss(cosines, similarities);
        var lead = cosines.unsqueeze(0).sub(cosines.unsqueeze(1)).mul(Scale); // [i, j]: by how much j's cosine is above i's
        var wrong = lead.masked_fill(MoreAlike(similarities).logical_not(), float.NegativeInfinity).flatten();
        return cat([zeros(1, device: Device), wrong], 0).logsumexp(0);
    }

    /// <summary>True at (i, j) where i has more than j.</summary>
    private static Tensor MoreAlike(Tensor values) => values.unsqueeze(1).gt(values.unsqueeze(0));

    /// <summary>One forward pass for both texts of every pair.</summary>
    private Tensor Cosines(IReadOnlyList<SentencePair> examples, Random? random)
    {
        var vectors = EmbedOnSphere(examples.Select(example => example.First).Concat(examples.Select(example => example.Second)), random);
        var halves = vectors.chunk(2);
        return halves[0].mul(halves[1]).sum(1);
    }

    private Tensor Similarities(IReadOnlyList<SentencePair> examples) =>
        tensor([.. examples.Select(example => example.Similarity)], [examples.Count], device: Device);
}
