using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>Trains a classifier of images by cross-entropy, and by a teacher's answers where there is one; its metric is accuracy.</summary>
/// <param name="model">A classifier.</param>
/// <param name="processor">Makes images what the model reads.</param>
public sealed class ImageClassificationTask(ImageModel model, ImageProcessor processor) : TrainingTask<LabeledImage>(model)
{
    /// <summary>What is changed at random about each image in training, one after the other, before the processor has it.</summary>
    public IReadOnlyList<ImageAugmentation> Augmentations { get; init; } = [];

    /// <summary>How images of a batch are mixed in training; null for not at all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value cannot be.</exception>
    public Mixing? Mixing
    {
        get;
        init
        {
            value?.Require();
            field = value;
        }
    }

    /// <summary>Share of the right answer that is spread over all classes: <see href="https://arxiv.org/abs/1512.00567">Szegedy et al., 2016</see>.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>How much an image of each class counts; null for all alike.</summary>
    public IReadOnlyList<float>? ClassWeights { get; init; }

    /// <summary>The teacher to learn from beside the labels; null for none.</summary>
    public Distillation? Teacher { get; init; }

    /// <summary>Where the model is; null for the CPU.</summary>
    public Device? Device { get; init; }

    /// <inheritdoc/>
    public override string MetricName => "accuracy";

    /// <inheritdoc/>
    public override object Settings => new
    {
        Processor = processor,
        Augmentations,
        Mixing,
        LabelSmoothing,
        ClassWeights,
        Teacher = Teacher is { } teacher ? new { teacher.Hard, teacher.Temperature, teacher.Weight } : null,
    };

    private int Classes => model.Config.RequireLabels().Count;

    /// <inheritdoc/>
    public override int LengthOf(LabeledImage example) => 1;

    /// <summary>The decoded images, changed at random in training.</summary>
    public override IDisposable Prepare(TrainingBatch<LabeledImage> batch) => AugmentedImages.Batch(batch, example => example.Image, Augmentations, processor);

    /// <inheritdoc/>
    public override BatchLoss Loss(TrainingBatch<LabeledImage> batch)
    {
        var images = ImagesOf(batch);
        var targets = SoftTargets.Of(LabelsOf(batch), Classes);
        if (Mixing?.Draw(batch.Random, images.Height, images.Width) is { } mix)
            (images, targets) = (new ImageBatch(mix.Pixels(images.Pixels)), mix.Shares(targets));
        using var weights = WeightsOf();
        var weight = weights is null ? batch.Examples.Count : targets.matmul(weights).sum().item<float>();
        var (scores, taught) = Answer(images);
        var loss = SoftTargets.CrossEntropy(scores, SoftTargets.Smooth(targets, LabelSmoothing), weights).div(weight);
        if (Teacher is { } teacher)
            loss = loss.mul(1 - teacher.Weight).add(teacher.Loss(taught, teacher.Ask(images)).mul(teacher.Weight / batch.Examples.Count));
        return new BatchLoss(loss, weight);
    }

    /// <inheritdoc/>
    public override BatchScore Score(TrainingBatch<LabeledImage> batch)
    {
        using var weights = WeightsOf();
        var (scores, labels) = (model.call(ImagesOf(batch)), LabelsOf(batch));
        var loss = SoftTargets.CrossEntropy(scores, SoftTargets.Smooth(SoftTargets.Of(labels, Classes), LabelSmoothing), weights).item<float>();
        return new BatchScore(loss, scores.argmax(1).eq(labels).sum().item<long>(), batch.Examples.Count);
    }

    /// <summary>What the labels and what the teacher should say; the same where the model has no token for the teacher.</summary>
    private (Tensor Scores, Tensor Taught) Answer(ImageBatch images)
    {
        if (Teacher is not null && model.Head is DistilledImageClassification head)
        {
            var (own, taught) = head.Scores(model.Backbone.ForwardFirst(images, DistilledImageClassification.Tokens));
            return (own.Widen(), taught.Widen());
        }
        var scores = model.call(images);
        return (scores, scores);
    }

    private ImageBatch ImagesOf(TrainingBatch<LabeledImage> batch) => ((ImageBatch)(batch.Prepared ?? Prepare(batch))).To(Device);

    private Tensor LabelsOf(TrainingBatch<LabeledImage> batch) =>
        tensor([.. batch.Examples.Select(example => (long)example.Label)], [batch.Examples.Count], device: Device);

    private Tensor? WeightsOf() => ClassWeights is null ? null : tensor(ClassWeights.ToArray(), [ClassWeights.Count], device: Device);
}
