using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>Options of a classifier of texts, or of pairs of texts, for which any number of labels may hold.</summary>
public sealed record MultiLabelClassificationOptions : TextFineTuningOptions
{
    /// <summary>The labels of each row: a vector of Single with 1 for each that holds and 0 for the others, or a vector of the keys of those that hold.</summary>
    public string LabelColumnName { get; init; } = "Labels";

    /// <summary>The text.</summary>
    public string TextColumnName { get; init; } = "Text";

    /// <summary>A second text, read after the first; null for none.</summary>
    public string? TextPairColumnName { get; init; }

    /// <summary>The name of the output with one probability a label.</summary>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>The name of the output that says of each label whether it holds.</summary>
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";

    /// <summary>The probability from which on a label is said to hold.</summary>
    public float Threshold { get; init; } = 0.5f;

    /// <summary>How much more a label counts in training where it holds than where it does not, in the order of the labels; null for the same.</summary>
    public IReadOnlyList<float>? PositiveWeights { get; init; }

    internal override TextTask Bind(DataViewSchema schema)
    {
        var labels = LabelSet.From(Columns.Label.In(schema));
        if (PositiveWeights is not null && PositiveWeights.Count != labels.Names.Count)
            throw new ArgumentException($"{nameof(PositiveWeights)} has {PositiveWeights.Count} weights for the {labels.Names.Count} labels of the column '{LabelColumnName}'.");
        return new MultiLabelClassification(Columns, labels, PositiveWeights);
    }

    internal override TextTask Bind(SchemaShape schema) => new MultiLabelClassification(Columns, LabelSet.Promised, PositiveWeights);

    internal override TextTask Bind(TextConfig published) => published.ProblemType is null or "multi_label_classification"
        ? new MultiLabelClassification(Columns, LabelSet.Published(published))
        : throw new InvalidDataException($"The model's config says that it is for {published.ProblemType}, not for any number of labels.");

    private MultiLabelClassificationColumns Columns =>
        new(new(TextColumnName, TextPairColumnName), LabelColumnName, ScoreColumnName, PredictedLabelColumnName, Threshold);

    internal override void Require()
    {
        base.Require();
        ArgumentOutOfRangeException.ThrowIfNegative(Threshold);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Threshold, 1);
    }
}
