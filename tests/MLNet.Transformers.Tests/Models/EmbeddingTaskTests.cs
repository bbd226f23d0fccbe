using MLNet.Transformers.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Tests.Models;

/// <summary>Contrastive losses against plain loops over the vectors.</summary>
public sealed class EmbeddingTaskTests
{
    private const double Scale = 20;
    private static readonly SentenceTriple[] Pairs = [new(Text(1), Text(2)), new(Text(3), Text(4)), new(Text(5), Text(6))];
    private static readonly SentenceTriple[] Triples = [new(Text(1), Text(2), Text(7)), new(Text(3), Text(4), Text(8)), new(Text(5), Text(6), Text(9))];

    [Fact]
    public void RankingIsTheCrossEntropyOfScaledCosinesWithinTheBatch()
    {
        using var scope = NewDisposeScope();
        using var embedder = new Lookup();
        var expected = Pairs.Index().Average(pair => CrossEntropy(pair.Index, Pairs.Select(other => Scale * embedder.Cosine(pair.Item.Anchor, other.Positive))));
        var task = new MultipleNegativesRankingTask(embedder, 0);
        Tensors.Equal([expected], task.Loss(Batch(Pairs)).Mean);
        var nearest = Pairs.Index().Count(pair => Pairs.Index().MaxBy(other => embedder.Cosine(pair.Item.Anchor, other.Item.Positive)).Index == pair.Index);
        Assert.Equal((nearest, 3), (task.Score(Batch(Pairs)).Metric, task.Score(Batch(Pairs)).Count));
    }

    [Fact]
    public void HardNegativesAreCandidatesOfEveryAnchor()
    {
        using var scope = NewDisposeScope();
        using var embedder = new Lookup();
        var candidates = Triples.Select(triple => triple.Positive).Concat(Triples.Select(triple => triple.Negative!)).ToArray();
        var expected = Triples.Index().Average(triple => CrossEntropy(triple.Index, candidates.Select(other => Scale * embedder.Cosine(triple.Item.Anchor, other))));
        Tensors.Equal([expected], new MultipleNegativesRankingTask(embedder, 0).Loss(Batch(Triples)).Mean);
    }

    [Fact]
    public void CandidatesThatAreAlsoRightArePushedAwayByNobody()
    {
        using var scope = NewDisposeScope();
        using var embedder = new Lookup();
        // The first two share a partner; the third's partner is the first's anchor.
        SentenceTriple[] examples = [new(Text(1), Text(2)), new(Text(3), Text(2)), new(Text(5), Text(1))];
        // What each has to be told apart from; the third sees the same wrong text twice.
        int[][] wrong = [[], [1], [2, 2]];
        var losses = examples.Zip(wrong, (example, others) => CrossEntropy(
            0, others.Prepend(example.Positive.Ids[0]).Select(id => Scale * embedder.Cosine(example.Anchor, Text(id)))));
        Tensors.Equal([losses.Average()], new MultipleNegativesRankingTask(embedder, 0).Loss(Batch(examples)).Mean);
    }

    [Fact]
    public void OrderIsCoSent()
    {
        using var scope = NewDisposeScope();
        using var embedder = new Lookup();
        SentencePair[] pairs = [new(Text(1), Text(2), 0.2f), new(Text(3), Text(4), 0.9f), new(Text(5), Text(6), 0.2f), new(Text(7), Text(8), 0.5f)];
        var sum = 1.0;
        var (right, all) = (0, 0);
        foreach (var more in pairs)
        {
            foreach (var less in pairs.Where(pair => pair.Similarity < more.Similarity))
            {
                var (upper, lower) = (embedder.Cosine(more.First, more.Second), embedder.Cosine(less.First, less.Second));
                sum += Math.Exp(Scale * (lower - upper));
                right += upper > lower ? 1 : 0;
                all++;
            }
        }
        var task = new SentenceSimilarityTask(embedder, 0);
        Tensors.Equal([Math.Log(sum)], task.Loss(Batch(pairs)).Mean);
        Assert.Equal(5, all);
        Assert.Equal((right, all), (task.Score(Batch(pairs)).Metric, task.Score(Batch(pairs)).MetricCount));
    }

    [Fact]
    public void PairsOfOneSimilarityCostNothingToOrder()
    {
        using var scope = NewDisposeScope();
        using var embedder = new Lookup();
        var loss = new SentenceSimilarityTask(embedder, 0).Loss(Batch<SentencePair>([new(Text(1), Text(2), 1), new(Text(3), Text(4), 1)])).Mean;
        Tensors.Equal([0], loss);
        loss.backward();
        Assert.All(embedder.parameters(), parameter => Assert.True(parameter.grad!.isfinite().all().item<bool>()));
    }

    [Fact]
    public void SquaredErrorIsThatOfTheCosine()
    {
        using var scope = NewDisposeScope();
        using var embedder = new Lookup();
        SentencePair[] pairs = [new(Text(1), Text(2), 0), new(Text(3), Text(4), 1)];
        var expected = pairs.Average(pair => Math.Pow(embedder.Cosine(pair.First, pair.Second) - pair.Similarity, 2));
        Tensors.Equal([expected], new SentenceSimilarityTask(embedder, 0) { Comparison = SimilarityLoss.SquaredError }.Loss(Batch(pairs)).Mean);
    }

    [Theory]
    [InlineData(TripletDistance.Euclidean)]
    [InlineData(TripletDistance.Cosine)]
    public void TripletsKeepAMargin(TripletDistance distance)
    {
        using var scope = NewDisposeScope();
        using var embedder = new Lookup();
        double Apart(TokenSequence a, TokenSequence b) => distance == TripletDistance.Cosine
            ? 1 - embedder.Cosine(a, b)
            : Math.Sqrt(embedder.Of(a).Zip(embedder.Of(b), (x, y) => (x - y) * (x - y)).Sum());
        var lags = Triples.Select(triple => Apart(triple.Anchor, triple.Positive) - Apart(triple.Anchor, triple.Negative!)).ToArray();
        var task = new TripletTask(embedder, 0) { Distance = distance, Margin = 0.5 };
        Tensors.Equal([lags.Average(lag => Math.Max(0, lag + 0.5))], task.Loss(Batch(Triples)).Mean);
        Assert.Equal(lags.Count(lag => lag < 0), task.Score(Batch(Triples)).Metric);
        Assert.Contains("negative", Assert.Throws<ArgumentException>(() => task.Loss(Batch(Pairs))).Message, StringComparison.Ordinal);
    }

    private static TokenSequence Text(int id) => new([id]);

    private static TrainingBatch<T> Batch<T>(T[] examples) => new(examples, 1, new Random(1));

    private static double CrossEntropy(int right, IEnumerable<double> scores) => -Math.Log(Loops.Softmax([.. scores])[right]);

    /// <summary>A vector a token, of any length; a text is its first token.</summary>
    private sealed class Lookup : Module<TokenBatch, Tensor>
    {
        private readonly Embedding vectors;

        public Lookup() : base(nameof(Lookup))
        {
            manual_seed(4);
            vectors = Embedding(10, 4);
            RegisterComponents();
        }

        public override Tensor forward(TokenBatch batch) => vectors.forward(batch.Ids.select(1, 0));

        public double[] Of(TokenSequence text) => Tensors.Values(vectors.weight![text.Ids[0]]);

        public double Cosine(TokenSequence first, TokenSequence second)
        {
            var (a, b) = (Of(first), Of(second));
            return a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(y => y * y));
        }
    }
}
