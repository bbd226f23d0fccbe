using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>Options of a model that reads two sentences together and says how alike they are.</summary>
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

    internal override TextTask Bind(DataViewSchema schema) => Regression.Bind(schema);

    internal override TextTask Bind(SchemaShape schema) => Regression.Bind(schema);

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
