using MLNet.Transformers.Models;
using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Search;

namespace MLNet.Transformers.Tool.Scenarios;

/// <summary>Files images under classes.</summary>
internal sealed class ImageClassificationScenario : Scenario
{
    /// <inheritdoc/>
    public override string Command => "image-classification";

    /// <inheritdoc/>
    public override string Description => "Learns to file images under classes: a folder of images for each.";

    /// <inheritdoc/>
    public override string ModelBuilderName => "ImageClassification";

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnRole> Columns { get; } = [];

    /// <inheritdoc/>
    public override string MetricName => "MicroAccuracy";

    /// <inheritdoc/>
    public override void Check(MLContext mlContext, TrainingSetup setup)
    {
        if (setup.PretrainedFolder is { } folder)
            StartingFolder.OpenImages(folder);
        ImageSample.Of((ImageFolderDataset)setup.Dataset);
    }

    /// <inheritdoc/>
    public override SearchSpace Space(TrainingSetup setup) => setup.PretrainedFolder is not null
        ? new() { Sizes = [], LearningRates = _ => (1e-5, 2e-4), MaxEpochs = 6 }
        : new()
        {
            Sizes = setup.GpuDeviceId is null ? [ModelSize.Tiny, ModelSize.Small] : [ModelSize.Small, ModelSize.Medium, ModelSize.Large],
            LearningRates = size => size <= ModelSize.Small ? (1e-3, 4e-3) : (5e-4, 2e-3),
            MaxEpochs = Math.Clamp(1_000_000 / Math.Max(1, Sample(setup).Count), 6, 60),
        };

    /// <inheritdoc/>
    public override FineTuningOptions Options(Trial trial, TrainingSetup setup)
    {
        var sample = Sample(setup);
        var options = Decided(new ImageClassificationOptions
        {
            LabelColumnName = ImageFolderDataset.LabelColumnName,
            ImageColumnName = ImageFolderDataset.ImageColumnName,
            Schedule = Schedule.Cosine,
            WeightDecay = 0.05,
        }, trial, setup);
        if (trial.Size is not { } size)
            return options with
            {
                PretrainedFolder = setup.PretrainedFolder,
                BatchSize = 16,
                LabelSmoothing = 0,
                Augmentations = sample.Channels == 1 ? [] : [new HorizontalFlip()],
            };
        var batchSize = (int)Math.Clamp(Math.Pow(2, Math.Round(Math.Log2(sample.Count / 64.0))), 16, 128);
        var steps = trial.MaxSteps ?? (long)trial.Epochs * sample.Count / batchSize;
        return options with
        {
            Model = Model(size, sample),
            BatchSize = batchSize,
            LabelSmoothing = 0.05,
            Augmentations = Augmentations(sample),
            // The mean goes over the last 500 steps, of which a short training has too few.
            EmaDecay = steps >= 2000 ? 0.998 : null,
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<AnswerColumn> Answers(FineTuningOptions options)
    {
        var classification = (ImageClassificationOptions)options;
        return
        [
            new(classification.PredictedLabelColumnName, "string", AnswerPurpose.Answer, "The likeliest class."),
            new(classification.ScoreColumnName, "float[]", AnswerPurpose.Probabilities, "The probability of each class."),
        ];
    }

    /// <inheritdoc/>
    public override ITransformer Fit(MLContext mlContext, FineTuningOptions options, MaskedLanguageModelOptions? pretraining, IDataView trainingRows)
    {
        var classification = (ImageClassificationOptions)options;
        return mlContext.Transforms.Conversion.MapValueToKey(classification.LabelColumnName)
            .Append(mlContext.MulticlassClassification.Trainers.TransformerImageClassification(classification))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue(classification.PredictedLabelColumnName))
            .Fit(trainingRows);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Evaluate(MLContext mlContext, FineTuningOptions options, ITransformer model, IDataView rows)
    {
        var classification = (ImageClassificationOptions)options;
        var metrics = mlContext.MulticlassClassification.Evaluate(
            model.Transform(rows), classification.LabelColumnName, classification.ScoreColumnName, classification.PredictedLabelColumnName);
        return [new("MicroAccuracy", metrics.MicroAccuracy), new("MacroAccuracy", metrics.MacroAccuracy), new("LogLoss", metrics.LogLoss)];
    }

    private static ImageSample Sample(TrainingSetup setup) => ImageSample.Of((ImageFolderDataset)setup.Dataset);

    /// <summary>Images are shifted; coloured ones, which are rarely letters or digits, are mirrored too.</summary>
    private static IReadOnlyList<ImageAugmentation> Augmentations(ImageSample sample)
    {
        ImageAugmentation shift = sample.HasOneSize
            ? new RandomCrop(sample.Side, sample.Side) { Padding = Math.Max(1, sample.Side / 16) }
            : new RandomResizedCrop(sample.Side, sample.Side) { Scale = new(0.5, 1) };
        return sample.Channels == 1 ? [shift] : [shift, new HorizontalFlip()];
    }

    private static VitConfig Model(ModelSize size, ImageSample sample)
    {
        var (hiddenSize, layers, heads, patches) = size switch
        {
            ModelSize.Tiny => (64, 2, 4, 4),
            ModelSize.Small => (128, 4, 4, 4),
            ModelSize.Medium => (192, 6, 6, 7),
            _ => (384, 8, 6, 8),
        };
        return new()
        {
            ImageSize = sample.Side,
            PatchSize = Patch(sample.Side, patches),
            Channels = sample.Channels,
            HiddenSize = hiddenSize,
            Layers = layers,
            Heads = heads,
            InnerSize = 2 * hiddenSize,
            InitializerRange = 0.07,
        };
    }

    /// <summary>The greatest side of a patch, of those that divide the image, with at least so many patches to a side.</summary>
    private static int Patch(int side, int patches) => Enumerable.Range(1, side).Last(patch => side % patch == 0 && side / patch >= Math.Min(patches, side));
}
