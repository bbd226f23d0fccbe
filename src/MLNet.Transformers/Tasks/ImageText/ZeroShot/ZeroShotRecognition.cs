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

    public static new ZeroShotRecognition FromJson(JsonNode json) => new(ImageRecognitionColumns.FromJson(json), ClassLabels.FromJson(json["labels"]!));
}
