using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// Trains an embedder so that each text is nearer to its partner than to its negative, by a margin:
/// <see href="https://arxiv.org/abs/1908.10084">Sentence-BERT, Reimers and Gurevych, 2019</see>, section 3. Its metric is the share
/// of texts that are nearer to their partner.
/// </summary>
/// <param name="embedder">Makes a batch of texts (batch, width).</param>
/// <param name="paddingId">The id that fills sequences up.</param>
public sealed class TripletTask(Module<TokenBatch, Tensor> embedder, int paddingId) : EmbeddingTask<SentenceTriple>(embedder, paddingId)
{
    /// <summary>How far two vectors are from each other.</summary>
    public TripletDistance Distance { get; init; }

    /// <summary>By how much the negative must be farther away.</summary>
    public double Margin { get; init; } = 1;

    /// <inheritdoc/>
    public override string MetricName => "triplet accuracy";

    /// <inheritdoc/>
    public override object Settings => new { Distance, Margin, TokenDropout };

    /// <inheritdoc/>
    public override int LengthOf(SentenceTriple example) => example.Length;

    /// <inheritdoc/>
    public override BatchLoss Loss(TrainingBatch<SentenceTriple> batch) =>
        new(functional.relu(Lag(batch.Examples, batch.Random).add(Margin)).mean(), batch.Examples.Count);

    /// <inheritdoc/>
    public override BatchScore Score(TrainingBatch<SentenceTriple> batch)
    {
        var lag = Lag(batch.Examples, null);
        return new BatchScore(functional.relu(lag.add(Margin)).sum().item<float>(), lag.lt(0).sum().item<long>(), batch.Examples.Count);
    }

    /// <summary>By how much each partner is farther away than the negative, (batch).</summary>
    private Tensor Lag(IReadOnlyList<SentenceTriple> examples, Random? random)
    {
        var texts = examples.Select(example => example.Anchor)
            .Concat(examples.Select(example => example.Positive))
            .Concat(examples.Select(example => example.Negative ?? throw new ArgumentException("A triplet has no negative text.", nameof(examples))));
        var thirds = (Distance == TripletDistance.Cosine ? EmbedOnSphere(texts, random) : Embed(texts, random)).chunk(3);
        return Apart(thirds[0], thirds[1]).sub(Apart(thirds[0], thirds[2]));
    }

    private Tensor Apart(Tensor first, Tensor second) => Distance == TripletDistance.Cosine
        ? first.mul(second).sum(1).neg().add(1)
        : functional.pairwise_distance(first, second);
}
