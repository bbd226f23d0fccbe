using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>Options of a classifier of texts, or of pairs of texts.</summary>
public sealed record TextClassificationOptions : TextFineTuningOptions
{
    /// <summary>The class of each row, a key.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>The text.</summary>
    public string TextColumnName { get; init; } = "Text";

    /// <summary>A second text, read after the first; null for none.</summary>
    public string? TextPairColumnName { get; init; }

    /// <summary>The name of the output with one probability a class.</summary>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>The name of the output with the likeliest class, a key.</summary>
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";

    /// <summary>Share of the right answer that is spread over all classes in training. Null: 0.1 from scratch, otherwise 0.</summary>
    public double? LabelSmoothing { get; init; }

    /// <summary>
    /// How much less rows count in training that the model is sure of: γ of the focal loss of
    /// <see href="https://arxiv.org/abs/1708.02002">Lin et al., 2017</see>, such as 2. Null for cross-entropy; it excludes <see cref="LabelSmoothing"/>.
    /// </summary>
    public double? FocalGamma { get; init; }

    /// <summary>How much a row of each class counts in training, in the order of the keys; null for all alike.</summary>
    public IReadOnlyList<float>? ClassWeights { get; init; }

    internal override TextTask Bind(DataViewSchema schema)
    {
        var labels = ClassLabels.From(Columns.Label.In(schema));
        if (ClassWeights is not null && ClassWeights.Count != labels.Count)
            throw new ArgumentException($"{nameof(ClassWeights)} has {ClassWeights.Count} weights for the {labels.Count} classes of the label column '{LabelColumnName}'.");
        return new TextClassification(Columns, labels, this);
    }

    internal override TextTask Bind(TextConfig published) => published.ProblemType is null or "single_label_classification"
        ? new TextClassification(Columns, ClassLabels.Published(published), this)
        : throw new InvalidDataException($"The model's config says that it is for {published.ProblemType}, not for one class of several.");

    internal override TextTask Bind(SchemaShape schema) =>
        new TextClassification(Columns, ClassLabels.Promised(Columns.Label.In(schema)), this);

    private TextClassificationColumns Columns => new(LabelColumnName, TextColumnName, TextPairColumnName, ScoreColumnName, PredictedLabelColumnName);

    internal override void Require()
    {
        base.Require();
        ArgumentOutOfRangeException.ThrowIfNegative(LabelSmoothing ?? 0, nameof(LabelSmoothing));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(LabelSmoothing ?? 0, 1, nameof(LabelSmoothing));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(FocalGamma ?? 1, nameof(FocalGamma));
        if (FocalGamma is not null && LabelSmoothing > 0)
            throw new ArgumentException($"{nameof(FocalGamma)} and {nameof(LabelSmoothing)} exclude each other.");
    }
}
