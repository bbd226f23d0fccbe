using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>Options of a model that reads two sentences, together or each by itself, and says how alike they are.</summary>
public sealed record SentenceSimilarityOptions : TextFineTuningOptions
{
    /// <summary>How alike the sentences of each row are, a Single.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>A sentence.</summary>
    public string FirstSentenceColumnName { get; init; } = "Sentence1";

    /// <summary>Another.</summary>
    public string SecondSentenceColumnName { get; init; } = "Sentence2";

    /// <summary>The name of the output, a Single.</summary>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>The score of sentences that have nothing in common.</summary>
    public float MinimumScore { get; init; }

    /// <summary>The score of sentences that mean the same; 5 by default, as in <see href="https://aclanthology.org/S17-2001/">STS-B</see>.</summary>
    public float MaximumScore { get; init; } = 5;

    /// <summary>
    /// Whether each sentence is made a vector by itself, and the score is the cosine of the two, as
    /// <see href="https://arxiv.org/abs/1908.10084">Sentence-BERT</see> has it; otherwise both are read together. From scratch it takes
    /// far fewer sentences to learn from; a published model that reads them together sees more.
    /// </summary>
    public bool ComparesVectors { get; init; }

    // Pairs of texts move the vectors of rare words far: rates that suit a classifier forget what the words had in common.
    private protected override double ScratchLearningRate => ComparesVectors ? 3e-4 : base.ScratchLearningRate;

    internal override TextTask Bind(DataViewSchema schema) => ComparesVectors ? Comparison : Regression.Bind(schema);

    internal override TextTask Bind(SchemaShape schema) => ComparesVectors ? Comparison : Regression.Bind(schema);

    private SentenceComparison Comparison =>
        new(new(FirstSentenceColumnName, SecondSentenceColumnName, LabelColumnName, ScoreColumnName, MinimumScore, MaximumScore));

    private TextRegressionOptions Regression => new()
    {
        LabelColumnName = LabelColumnName,
        TextColumnName = FirstSentenceColumnName,
        TextPairColumnName = SecondSentenceColumnName,
        ScoreColumnName = ScoreColumnName,
        MinimumScore = MinimumScore,
        MaximumScore = MaximumScore,
    };

    internal override void Require()
    {
        base.Require();
        Regression.Require();
    }
}
