using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>Options of a tagger of words, such as one that recognises names.</summary>
public sealed record TokenClassificationOptions : TextFineTuningOptions
{
    /// <summary>The tag of each word, a vector of keys as long as there are words.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>
    /// The words, a vector of text; or a text whose words the tokenizer tells. A model learnt from either takes both, whichever the
    /// column holds.
    /// </summary>
    public string TextColumnName { get; init; } = "Text";

    /// <summary>The name of the output with the likeliest tag of each word, a vector of keys.</summary>
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";

    /// <summary>The name of the output with the probabilities: word by word, one a tag.</summary>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>
    /// What the names of two outputs start with that say where the words stand: the vectors <c>Starts</c> and <c>Lengths</c>, in UTF-16
    /// units of the text, or of the words with a space between them.
    /// </summary>
    public string WordColumnsPrefix { get; init; } = "Word";

    /// <summary>
    /// What the names of the five outputs with the entities start with. They are vectors with an item an entity: <c>Types</c>,
    /// <c>Texts</c>, <c>Starts</c> and <c>Lengths</c> (in UTF-16 units of the text, or of the words with a space between them), and
    /// <c>Scores</c>, the mean probability of the entity's words.
    /// </summary>
    public string EntityColumnsPrefix { get; init; } = "Entity";

    /// <summary>What the tags spell; null to tell it from the tags: B- and I-, or these and L- and U-, or else plain types.</summary>
    public TaggingScheme? Scheme { get; init; }

    /// <summary>Which tokens of a word learn its tag.</summary>
    public WordAlignment WordAlignment { get; init; } = WordAlignment.First;

    /// <summary>How the answers to a word's tokens become the word's.</summary>
    public AggregationStrategy Aggregation { get; init; } = AggregationStrategy.First;

    /// <summary>
    /// How many tokens of one window the next repeats, where a text is longer than <see cref="TextFineTuningOptions.MaxLength"/> and is
    /// taken in windows: at most half of them. Null: a quarter of the length.
    /// </summary>
    public int? Stride { get; init; }

    /// <summary>Share of the right answer that is spread over all tags in training.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>
    /// How much less words count in training that the model is sure of: γ of the focal loss of
    /// <see href="https://arxiv.org/abs/1708.02002">Lin et al., 2017</see>, such as 2. Null for cross-entropy; it excludes <see cref="LabelSmoothing"/>.
    /// </summary>
    public double? FocalGamma { get; init; }

    /// <summary>How much a word of each tag counts in training, in the order of the keys; null for all alike.</summary>
    public IReadOnlyList<float>? ClassWeights { get; init; }

    private WordTaggingSettings Settings => new(
        new(LabelColumnName, TextColumnName, PredictedLabelColumnName, ScoreColumnName, WordColumnsPrefix, EntityColumnsPrefix), Scheme, Aggregation, Stride);

    internal override TextTask Bind(DataViewSchema schema)
    {
        var labels = ClassLabels.From(Settings.Columns.Label.In(schema));
        if (ClassWeights is not null && ClassWeights.Count != labels.Count)
            throw new ArgumentException($"{nameof(ClassWeights)} has {ClassWeights.Count} weights for the {labels.Count} tags of the label column '{LabelColumnName}'.");
        if (Scheme is { } scheme)
            EntitySpan.Read(labels.Names, scheme);
        return new WordTagging(Settings, labels, this);
    }

    internal override TextTask Bind(TextConfig published) => new WordTagging(Settings, ClassLabels.Published(published), this);

    internal override TextTask Bind(SchemaShape schema) =>
        new WordTagging(Settings, ClassLabels.Promised(Settings.Columns.Label.In(schema)), this);

    internal override void Require()
    {
        base.Require();
        ArgumentOutOfRangeException.ThrowIfNegative(LabelSmoothing);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(LabelSmoothing, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(FocalGamma ?? 1, nameof(FocalGamma));
        if (FocalGamma is not null && LabelSmoothing > 0)
            throw new ArgumentException($"{nameof(FocalGamma)} and {nameof(LabelSmoothing)} exclude each other.");
        ArgumentOutOfRangeException.ThrowIfNegative(Stride ?? 0, nameof(Stride));
    }
}
