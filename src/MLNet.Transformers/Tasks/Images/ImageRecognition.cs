using System.Text.Json.Nodes;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Tasks;

/// <summary>The columns of <see cref="ImageRecognition"/>.</summary>
internal sealed record ImageRecognitionColumns(string LabelName, string ImageName, string ScoreName, string PredictedLabelName)
{
    public ImageColumn Image => new(ImageName);

    public InputColumn Label => new(LabelName, ColumnShape.Key, TrainingOnly: true);

    public static ImageRecognitionColumns FromJson(JsonNode json) =>
        new((string)json["label_column"]!, (string)json["image_column"]!, (string)json["score_column"]!, (string)json["predicted_label_column"]!);
}

/// <summary>One of several classes for an image.</summary>
internal class ImageRecognition(ImageRecognitionColumns columns, ClassLabels labels, ImageClassificationOptions? options = null)
    : ImageTask<LabeledImage>
{
    public const string TaskName = "image-classification";

    public override string Name => TaskName;

    public override IReadOnlyList<InputColumn> Inputs { get; } = [columns.Image.Input, columns.Label];

    public override IReadOnlyList<OutputColumn> Outputs { get; } =
        [labels.PredictedLabel(columns.PredictedLabelName), labels.Score(columns.ScoreName)];

    protected override ImageColumn Image => columns.Image;

    public override ImageConfig Configure(ImageConfig config) => config with { LabelNames = labels.Names };

    public override ImageHead CreateHead(ImageConfig config, ImageBackbone backbone) => config.CreateClassifier(backbone);

    public override Func<IReadOnlyList<LabeledImage>> CreateExampleReader(DataViewRow row, ImageTaskModel model)
    {
        var image = Image.LearningReader(row);
        var label = labels.LearningReader(row, columns.Label.In(row.Schema));
        return () => [new LabeledImage(image(), label())];
    }

    protected override IFineTuningRun CreateRun(ImageTaskModel model, FineTuningExamples<LabeledImage> examples, ImageFineTuningOptions training, int seed)
    {
        var task = new ImageClassificationTask(model.Network, model.Processor)
        {
            Augmentations = training.Augmentations,
            Mixing = options?.Mixing,
            LabelSmoothing = options?.LabelSmoothing ?? (training.IsFromScratch ? 0.1 : 0),
            ClassWeights = options?.ClassWeights,
            Teacher = options?.Distillation?.For(model),
            Device = model.Device,
        };
        return new FineTuningRun<LabeledImage>(new TrainingRun<LabeledImage>(task, training.ToTraining(seed)), examples);
    }

    /// <summary>One probability a class for each image.</summary>
    public override float[][] Predict(ImageTaskModel model, IReadOnlyList<Func<PixelImage>> rows) =>
        [.. model.Score(rows, scores => scores.softmax(1)).Chunk(labels.Count)];

    public override Delegate CreateGetter(OutputColumn column, Func<float[]> current) =>
        column.Name == columns.ScoreName ? VectorGetter.Of<float>(current) : ClassLabels.LikeliestGetter(current);

    public override void CheckTraining(IReadOnlyList<LabeledImage> examples) =>
        labels.RequireSeveral([.. examples.Select(example => example.Label)], columns.LabelName);

    public override void CheckValidation(DataViewSchema schema) => labels.RequireSame(columns.Label.In(schema));

    public override JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["label_column"] = columns.LabelName,
        ["image_column"] = columns.ImageName,
        ["score_column"] = columns.ScoreName,
        ["predicted_label_column"] = columns.PredictedLabelName,
        ["labels"] = labels.ToJson(),
    };

    public static new ImageRecognition FromJson(JsonNode json) => new(ImageRecognitionColumns.FromJson(json), ClassLabels.FromJson(json["labels"]!));
}
