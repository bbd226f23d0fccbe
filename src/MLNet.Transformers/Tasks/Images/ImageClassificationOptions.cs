using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>Options of a classifier of images.</summary>
/// <example><code>
/// var options = new ImageClassificationOptions
/// {
///     Model = new VitConfig { ImageSize = 32, PatchSize = 4, HiddenSize = 192, Layers = 6, Heads = 3, InnerSize = 768 },
///     Augmentations = [new RandomCrop(32, 32) { Padding = 4 }, new HorizontalFlip()],
///     Mixing = new Mixing(),
///     Epochs = 30,
/// };
/// </code></example>
public sealed record ImageClassificationOptions : ImageFineTuningOptions
{
    /// <summary>The class of each row, a key.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>The name of the output with one probability a class.</summary>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>The name of the output with the likeliest class, a key.</summary>
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";

    /// <summary>How images of a batch, and their classes with them, are mixed in training: mixup and cutmix; null for not at all.</summary>
    public Mixing? Mixing { get; init; }

    /// <summary>Share of the right answer that is spread over all classes in training. Null: 0.1 from scratch, otherwise 0.</summary>
    public double? LabelSmoothing { get; init; }

    /// <summary>How much a row of each class counts in training, in the order of the keys; null for all alike.</summary>
    public IReadOnlyList<float>? ClassWeights { get; init; }

    /// <summary>A classifier to learn from beside the labels; null for none.</summary>
    public ImageDistillation? Distillation { get; init; }

    internal override ImageTask Bind(DataViewSchema schema)
    {
        var labels = ClassLabels.From(Columns.Label.In(schema));
        if (ClassWeights is not null && ClassWeights.Count != labels.Count)
            throw new ArgumentException($"{nameof(ClassWeights)} has {ClassWeights.Count} weights for the {labels.Count} classes of the label column '{LabelColumnName}'.");
        Distillation?.RequireFor(labels);
        return new ImageRecognition(Columns, labels, this);
    }

    internal override ImageTask Bind(ImageConfig published) => published.ProblemType is null or "single_label_classification"
        ? new ImageRecognition(Columns, ClassLabels.Published(published), this)
        : throw new InvalidDataException($"The model's config says that it is for {published.ProblemType}, not for one class of several.");

    internal override ImageTask Bind(SchemaShape schema) =>
        new ImageRecognition(Columns, ClassLabels.Promised(Columns.Label.In(schema)), this);

    private ImageRecognitionColumns Columns => new(LabelColumnName, ImageColumnName, ScoreColumnName, PredictedLabelColumnName);

    internal override void Require()
    {
        base.Require();
        ArgumentOutOfRangeException.ThrowIfNegative(LabelSmoothing ?? 0, nameof(LabelSmoothing));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(LabelSmoothing ?? 0, 1, nameof(LabelSmoothing));
        Distillation?.Require();
    }
}
