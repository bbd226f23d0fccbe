using System.Text.Json;
using System.Text.Json.Nodes;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Tasks;

/// <summary>Images as vectors.</summary>
/// <param name="columns">Where they are, and what the vectors are made of.</param>
/// <param name="shape">The shape of an image's features; null where it is not known yet.</param>
/// <param name="learning">How the model learns without labels; null where it learns nothing.</param>
internal sealed class ImageFeatureExtraction(ImageFeatureColumns columns, IReadOnlyList<int>? shape = null, SelfDistillationOptions? learning = null)
    : ImageTask<UnlabeledImage>
{
    public const string TaskName = "image-feature-extraction";

    public override string Name => TaskName;

    public override IReadOnlyList<InputColumn> Inputs { get; } = [columns.Image.Input];

    public override IReadOnlyList<OutputColumn> Outputs { get; } = [columns.Output(shape ?? [1])];

    protected override ImageColumn Image => columns.Image;

    public override ImageConfig Configure(ImageConfig config) => config with { LabelNames = null, ProblemType = null };

    public override ImageHead CreateHead(ImageConfig config, ImageBackbone backbone) => columns.CreateHead(config, backbone);

    public override ImageFeatureExtraction For(ImageTaskModel model) => new(columns, columns.ShapeFor(model));

    public override Func<IReadOnlyList<UnlabeledImage>> CreateExampleReader(DataViewRow row, ImageTaskModel model)
    {
        var image = Image.LearningReader(row);
        return () => [new UnlabeledImage(image())];
    }

    protected override IFineTuningRun CreateRun(ImageTaskModel model, FineTuningExamples<UnlabeledImage> examples, ImageFineTuningOptions options, int seed) =>
        new SelfDistillationRun(model, examples, learning ?? throw new InvalidOperationException("A featurizer learns nothing."), seed);

    public override float[][] Predict(ImageTaskModel model, IReadOnlyList<Func<PixelImage>> rows)
    {
        var values = model.Score(rows, columns.Finish);
        return [.. values.Chunk(values.Length / rows.Count)];
    }

    public override Delegate CreateGetter(OutputColumn column, Func<float[]> current) => VectorGetter.Of<float>(current);

    public override JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["columns"] = JsonSerializer.SerializeToNode(columns),
        ["shape"] = JsonSerializer.SerializeToNode(shape),
    };

    public static new ImageFeatureExtraction FromJson(JsonNode json) =>
        new(json["columns"].Deserialize<ImageFeatureColumns>()!, json["shape"].Deserialize<int[]>());
}
