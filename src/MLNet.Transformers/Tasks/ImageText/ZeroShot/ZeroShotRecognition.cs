using System.Text.Json.Nodes;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Tasks;

/// <summary>One of several classes for an image, of which nothing but the names is known.</summary>
internal sealed class ZeroShotRecognition(ImageRecognitionColumns columns, ClassLabels labels) : ImageRecognition(columns, labels)
{
    public new const string TaskName = "zero-shot-image-classification";

    public override string Name => TaskName;

    /// <summary>The image alone: there is no label.</summary>
    public override IReadOnlyList<InputColumn> Inputs { get; } = [columns.Image.Input];

    public override ImageHead CreateHead(ImageConfig config, ImageBackbone backbone) => ZeroShotClassification.Of(config, backbone);

    public override void SavePretrained(ImageTaskModel model, string folder) =>
        throw new NotSupportedException("A zero-shot classifier has no published form: save the model of images and texts that it was made of, or this one with mlContext.Model.Save.");

    public static new ZeroShotRecognition FromJson(JsonNode json) => new(ImageRecognitionColumns.FromJson(json), ClassLabels.FromJson(json["labels"]!));
}
