using System.Text.Json;
using System.Text.Json.Nodes;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Tasks;

/// <summary>Images and texts as vectors in one space, near each other where they belong together.</summary>
/// <param name="columns">Where they are.</param>
/// <param name="width">Width of the vectors.</param>
internal sealed class ImageTextMatching(ImageTextColumns columns, int width)
    : FineTuningTask, IAnsweringTask<ImageTextModel, ImageTextRow, ImageTextPlace>, ILearningTask<ImageTextModel, ImageTextPair>
{
    public override string Name => "zero-shot-image-classification";

    public override IReadOnlyList<InputColumn> Inputs { get; } = columns.Inputs();

    public override IReadOnlyList<OutputColumn> Outputs { get; } = columns.Outputs(width);

    /// <summary>The task with another width of its outputs.</summary>
    public ImageTextMatching For(ImageTextModel model) => new(columns, model.Width);

    public IRowScorer CreateScorer(SharedModel<ImageTextModel>.Lease model, int batchSize) =>
        new TaskScorer<ImageTextModel, ImageTextRow, ImageTextPlace>(this, model, batchSize) { RowsAhead = batchSize };

    public Func<ImageTextRow> CreateReader(DataViewRow row, ImageTextModel model)
    {
        var image = columns.ImageFeaturesName is null ? null : columns.Image!.Reader(row);
        var text = columns.TextFeaturesName is null ? null : TextColumns.Reader(row, columns.Text!.In(row.Schema));
        return () => new(image?.Invoke(), text is null ? null : model.Encode(text()));
    }

    /// <summary>All rows are the same to a batch.</summary>
    public int LengthOf(ImageTextRow row) => 1;

    public ImageTextPlace[] Predict(ImageTextModel model, IReadOnlyList<ImageTextRow> rows)
    {
        var images = columns.ImageFeaturesName is null ? null : model.ImageFeatures([.. rows.Select(row => row.Image!)]);
        var texts = columns.TextFeaturesName is null ? null : model.TextFeatures([.. rows.Select(row => row.Text!)]);
        return [.. rows.Select((_, index) => new ImageTextPlace(images?[index], texts?[index]))];
    }

    public Delegate CreateGetter(OutputColumn column, Func<ImageTextPlace> current) => column.Name == columns.ImageFeaturesName
        ? VectorGetter.Of<float>(() => current().Image!)
        : VectorGetter.Of<float>(() => current().Text!);

    public Func<IReadOnlyList<ImageTextPair>> CreateExampleReader(DataViewRow row, ImageTextModel model)
    {
        var image = columns.Image!.LearningReader(row);
        var text = TextColumns.LearningReader(row, columns.Text!.In(row.Schema));
        return () => [new ImageTextPair(image(), model.Encode(text()))];
    }

    public IReadOnlyList<ImageTextPair> Arrange(IReadOnlyList<ImageTextPair> examples, ImageTextModel model) => examples;

    public void CheckTraining(IReadOnlyList<ImageTextPair> examples)
    {
        if (examples.Count == 1)
            throw new ArgumentException($"The training set has a single row, and no other to tell it from: '{columns.TextName}' needs several.");
    }

    public void CheckValidation(DataViewSchema schema)
    {
    }

    public override JsonObject ToJson() => new() { ["columns"] = JsonSerializer.SerializeToNode(columns), ["width"] = width };

    public static ImageTextMatching FromJson(JsonNode json) => new(json["columns"].Deserialize<ImageTextColumns>()!, (int)json["width"]!);
}
