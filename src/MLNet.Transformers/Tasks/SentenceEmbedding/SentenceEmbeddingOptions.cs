using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>Options of a model that makes each text a vector, near those of texts that mean the same.</summary>
/// <remarks>Nothing is hidden from the model in training unless <see cref="TextFineTuningOptions.TokenDropout"/> says so.</remarks>
public sealed record SentenceEmbeddingOptions : TextFineTuningOptions
{
    /// <summary>The text that is made a vector.</summary>
    public string TextColumnName { get; init; } = "Text";

    /// <summary>In training, a text to compare it with: its partner, or where there is a similarity any other.</summary>
    public string PartnerColumnName { get; init; } = "Partner";

    /// <summary>In training, a text that should be far from it; null for none.</summary>
    public string? NegativeColumnName { get; init; }

    /// <summary>In training, how alike the text and its partner are, a Single; null where every partner means the same as its text.</summary>
    public string? SimilarityColumnName { get; init; }

    /// <summary>The similarity of texts whose cosine is to be 0.</summary>
    public float MinimumSimilarity { get; init; }

    /// <summary>The similarity of texts whose cosine is to be 1.</summary>
    public float MaximumSimilarity { get; init; } = 1;

    /// <summary>What is to be learnt; null for <see cref="CoSentLoss"/> where there is a similarity, otherwise <see cref="MultipleNegativesRankingLoss"/>.</summary>
    public SentenceEmbeddingLoss? Loss { get; init; }

    /// <summary>The name of the output, a vector of Single of a known size.</summary>
    public string EmbeddingColumnName { get; init; } = "Embedding";

    /// <summary>How the tokens' states become one vector, by one pooling or several beside each other; null for what a sentence-transformers folder says, otherwise their mean.</summary>
    public IReadOnlyList<Pooling>? Poolings { get; init; }

    /// <summary>Whether vectors are scaled to a Euclidean norm of 1; null for what a sentence-transformers folder says, otherwise not.</summary>
    public bool? Normalizes { get; init; }

    // Pairs of texts move the vectors of rare words far: rates that suit a classifier forget what the words had in common.
    private protected override double ScratchLearningRate => 3e-4;

    internal override TextTask Bind(DataViewSchema schema) => Task();

    internal override TextTask Bind(SchemaShape schema) => Task();

    private SentenceEmbeddingLoss ChosenLoss => Loss ?? (SimilarityColumnName is null ? new MultipleNegativesRankingLoss() : new CoSentLoss());

    private TextTask Task()
    {
        var columns = new ContrastiveColumns(TextColumnName, PartnerColumnName, NegativeColumnName, SimilarityColumnName, EmbeddingColumnName);
        var origin = PretrainedFolder is not null && SentenceEmbeddingFolder.Is(PretrainedFolder) ? SentenceEmbeddingFolder.Open(PretrainedFolder) : null;
        var embedding = (origin?.Embedding ?? new SentenceEmbeddingConfig()).With(Poolings, Normalizes);
        var config = origin?.Config ?? (PretrainedFolder is null ? Model : Models.PretrainedFolder.Open(PretrainedFolder).Config);
        var width = embedding.Width(config.OutputSize);
        return ChosenLoss.NeedsSimilarity
            ? new PairEmbedding(columns, embedding, width, ChosenLoss, MinimumSimilarity, MaximumSimilarity) { Origin = origin }
            : new TripleEmbedding(columns, embedding, width, ChosenLoss) { Origin = origin };
    }

    internal override void Require()
    {
        base.Require();
        ChosenLoss.Require();
        if (ChosenLoss.NeedsNegative && NegativeColumnName is null)
            throw new ArgumentException($"A {ChosenLoss.GetType().Name} needs a {nameof(NegativeColumnName)}.");
        if (ChosenLoss.NeedsSimilarity != (SimilarityColumnName is not null))
            throw new ArgumentException($"A {ChosenLoss.GetType().Name} {(ChosenLoss.NeedsSimilarity ? "needs" : "has no use for")} a {nameof(SimilarityColumnName)}.");
        if (ChosenLoss.NeedsSimilarity && NegativeColumnName is not null)
            throw new ArgumentException($"A {ChosenLoss.GetType().Name} has no use for a {nameof(NegativeColumnName)}.");
        if (MinimumSimilarity >= MaximumSimilarity)
            throw new ArgumentException($"{nameof(MinimumSimilarity)} is {MinimumSimilarity} and {nameof(MaximumSimilarity)} {MaximumSimilarity}: there is nothing between them.");
    }
}
