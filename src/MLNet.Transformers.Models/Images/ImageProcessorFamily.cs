using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLNet.Transformers.Models;

/// <summary>What the published classes of image processors take for granted.</summary>
internal static class ImageProcessorFamily
{
    public static readonly double[] ImageNetMean = [0.485, 0.456, 0.406];
    public static readonly double[] ImageNetDeviation = [0.229, 0.224, 0.225];
    private static readonly double[] ClipMean = [0.48145466, 0.4578275, 0.40821073];
    private static readonly double[] ClipDeviation = [0.26862954, 0.26130258, 0.27577711];

    public static readonly ImageProcessor Vit = new() { PublishedClass = "ViTImageProcessor" };

    public static readonly ImageProcessor Deit = new()
    {
        PublishedClass = "DeiTImageProcessor",
        Size = ResizeTarget.Square(256),
        Filter = ResamplingFilter.Bicubic,
        CropsCenter = true,
        CropSize = new(224, 224),
    };

    public static readonly ImageProcessor Beit = Deit with { PublishedClass = "BeitImageProcessor" };

    public static readonly ImageProcessor Clip = new()
    {
        PublishedClass = "CLIPImageProcessor",
        Size = ResizeTarget.Shortest(224),
        Filter = ResamplingFilter.Bicubic,
        CropsCenter = true,
        CropSize = new(224, 224),
        Mean = ClipMean,
        Deviation = ClipDeviation,
        ConvertsToRgb = true,
    };

    public static readonly ImageProcessor Bit = Clip with { PublishedClass = "BitImageProcessor" };

    private static readonly ImageProcessor ConvNext = new()
    {
        PublishedClass = "ConvNextImageProcessor",
        Size = ResizeTarget.Shortest(384),
        KeptPart = 224.0 / 256,
        Mean = ImageNetMean,
        Deviation = ImageNetDeviation,
    };

    private static readonly string[] Suffixes = ["ImageProcessorFast", "ImageProcessor", "FeatureExtractor"];
    private static readonly string[] Classes = ["image_processor_type", "feature_extractor_type"];
    private static readonly string[] Needed = ["size", "resample", "image_mean", "image_std"];

    /// <summary>Adds what a file leaves out, and writes numbers that stand for sizes as sizes.</summary>
    /// <exception cref="InvalidDataException">The file leaves out what cannot be known without its class.</exception>
    public static JsonObject Complete(JsonObject said, string origin)
    {
        var published = Classes.Select(key => said[key]).FirstOrDefault(value => value?.GetValueKind() == JsonValueKind.String)?.GetValue<string>();
        var family = Find(published);
        var missing = Needed.FirstOrDefault(key => family is null && said[key] is null);
        if (missing is not null)
            throw new InvalidDataException($"'{origin}' has no \"{missing}\", and what is usual for {published ?? "a file without \"image_processor_type\""} is not known here.");
        var complete = JsonNode.Parse((family ?? Vit).ToJson())!.AsObject();
        foreach (var key in Classes)
            complete.Remove(key);
        foreach (var (key, value) in said)
            if (value is not null || !complete.ContainsKey(key))
                complete[key] = value?.DeepClone();
        WriteSizes(complete, family, origin);
        foreach (var key in (string[])["image_mean", "image_std"])
            if (complete[key]!.GetValueKind() == JsonValueKind.Number)
                complete[key] = new JsonArray(complete[key]!.DeepClone(), complete[key]!.DeepClone(), complete[key]!.DeepClone());
        return complete;
    }

    private static void WriteSizes(JsonObject complete, ImageProcessor? family, string origin)
    {
        var size = complete["size"]!;
        if (size.GetValueKind() == JsonValueKind.Number && family is null)
            throw new InvalidDataException($"'{origin}' has the \"size\" {size}, and whether that is a square or the shorter side is not known without a known \"image_processor_type\".");
        if (size.GetValueKind() == JsonValueKind.Number && family!.Size.ShortestEdge is not null)
            complete["size"] = new JsonObject { ["shortest_edge"] = size.DeepClone() };
        foreach (var key in (string[])["size", "crop_size"])
            complete[key] = complete[key] switch
            {
                JsonArray { Count: 2 } pair => new JsonObject { ["height"] = pair[0]?.DeepClone(), ["width"] = pair[1]?.DeepClone() },
                JsonValue value when value.GetValueKind() == JsonValueKind.Number => new JsonObject { ["height"] = value.DeepClone(), ["width"] = value.DeepClone() },
                var other => other?.DeepClone(),
            };
    }

    private static ImageProcessor? Find(string? published)
    {
        var suffix = Suffixes.FirstOrDefault(suffix => published?.EndsWith(suffix, StringComparison.Ordinal) ?? false);
        return suffix is null ? null : published![..^suffix.Length] switch
        {
            "ViT" => Vit,
            "DeiT" => Deit,
            "Beit" => Beit,
            "CLIP" => Clip,
            "Bit" => Bit,
            "ConvNext" => ConvNext,
            _ => null,
        };
    }
}
