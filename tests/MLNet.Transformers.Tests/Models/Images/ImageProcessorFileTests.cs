using System.Text.Json.Nodes;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests.Models.Images;

/// <summary>Reading and writing <c>preprocessor_config.json</c>.</summary>
public class ImageProcessorFileTests
{
    private const string OldClip =
        """
        { "crop_size": 224, "do_center_crop": true, "do_normalize": true, "do_resize": true, "feature_extractor_type": "CLIPFeatureExtractor",
          "image_mean": [0.48145466, 0.4578275, 0.40821073], "image_std": [0.26862954, 0.26130258, 0.27577711], "resample": 3, "size": 224 }
        """;

    [Fact]
    public void ANumberIsTheShorterSideForClipAndASquareForVit()
    {
        var clip = ImageProcessor.FromJson(OldClip);
        var vit = ImageProcessor.FromJson("""{ "feature_extractor_type": "ViTFeatureExtractor", "size": 384 }""");

        Assert.Equal(ResizeTarget.Shortest(224), clip.Size);
        Assert.Equal(new CropSize(224, 224), clip.CropSize);
        Assert.Equal((true, 1.0 / 255, ResamplingFilter.Bicubic), (clip.Rescales, clip.RescaleFactor, clip.Filter));
        Assert.Equal(ResizeTarget.Square(384), vit.Size);
        Assert.Equal(ResamplingFilter.Bilinear, vit.Filter);
        Assert.Equal([0.5, 0.5, 0.5], vit.Mean);
        Assert.False(vit.CropsCenter);
    }

    [Theory]
    [InlineData("ViTImageProcessor", 224, 224, 2, false, 0.5)]
    [InlineData("ViTImageProcessorFast", 224, 224, 2, false, 0.5)]
    [InlineData("DeiTImageProcessor", 256, 224, 3, true, 0.5)]
    [InlineData("BeitImageProcessor", 256, 224, 3, true, 0.5)]
    [InlineData("BitImageProcessor", 224, 224, 3, true, 0.48145466)]
    [InlineData("CLIPImageProcessor", 224, 224, 3, true, 0.48145466)]
    [InlineData("ConvNextImageProcessor", 384, 384, 2, false, 0.485)]
    public void AClassHasItsPublishedDefaults(string type, int edge, int result, int resample, bool crops, double mean)
    {
        var processor = ImageProcessor.FromJson($$"""{ "image_processor_type": "{{type}}" }""");

        Assert.Equal(edge, processor.Size.ShortestEdge ?? processor.Size.Height);
        Assert.Equal((result, result), (processor.Width, processor.Height));
        Assert.Equal((resample, crops, mean), ((int)processor.Filter, processor.CropsCenter, processor.Mean[0]));
    }

    [Fact]
    public void ModelsHaveTheOptionsTheyArePublishedWith()
    {
        var deit = ImageProcessor.Of("deit", 224, 3);
        var dino = ImageProcessor.Of("dinov2", 518, 3);

        Assert.Equal((ResizeTarget.Square(256), new CropSize(224, 224), ResamplingFilter.Bicubic, 0.485), (deit.Size, deit.CropSize, deit.Filter, deit.Mean[0]));
        Assert.Equal((ResizeTarget.Shortest(256), new CropSize(224, 224), ResamplingFilter.Bicubic, 0.406), (dino.Size, dino.CropSize, dino.Filter, dino.Mean[2]));
        Assert.Equal(1, ImageProcessor.Of("clip", 32, 1).Channels);
        Assert.Equal(16, ImageProcessor.Of(new VitConfig { ImageSize = 16 }).Width);
    }

    [Fact]
    public void UnknownKeysSurvive()
    {
        var before = JsonNode.Parse(OldClip)!.AsObject();
        before["_valid_processor_keys"] = new JsonArray("images", 3);
        before["do_reduce_labels"] = false;
        before["processor_class"] = null;

        var after = JsonNode.Parse(ImageProcessor.FromJson(before.ToJsonString()).ToJson())!;

        foreach (var key in (string[])["_valid_processor_keys", "do_reduce_labels", "processor_class", "feature_extractor_type", "image_mean"])
            Assert.True(JsonNode.DeepEquals(before[key], after[key]), key);
        Assert.True(after.AsObject().ContainsKey("processor_class"));
        Assert.False(after.AsObject().ContainsKey("image_processor_type"));
        Assert.Equal("""{"shortest_edge":224}""", after["size"]!.ToJsonString());
    }

    [Fact]
    public void AFolderGivesBackWhatWasSaved()
    {
        using var folder = new TemporaryFolder();
        var saved = ImageProcessor.Of("clip", 32, 3) with { KeptPart = 0.9, RescaleFactor = 0.1 };
        saved.Save(folder.File("model"));

        Assert.Equal(saved.ToJson(), ImageProcessor.Open(folder.File("model")).ToJson());
        Assert.Contains(ImageProcessor.FileName, Assert.Throws<FileNotFoundException>(() => ImageProcessor.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("do_resize", "\"yes\"")]
    [InlineData("resample", "9")]
    [InlineData("resample", "\"cubic\"")]
    [InlineData("size", "0")]
    [InlineData("size", "{}")]
    [InlineData("size", """{ "height": 3 }""")]
    [InlineData("size", """{ "max_height": 3, "max_width": 3 }""")]
    [InlineData("size", """{ "longest_edge": 3 }""")]
    [InlineData("size", """{ "shortest_edge": 5, "longest_edge": 3 }""")]
    [InlineData("size", "[null, 3]")]
    [InlineData("size", "\"224\"")]
    [InlineData("size", "1e99")]
    [InlineData("image_std", "1, \"image_std\": 2")]
    [InlineData("crop_size", "-1")]
    [InlineData("crop_size", """{ "height": 3 }""")]
    [InlineData("crop_pct", "0")]
    [InlineData("rescale_factor", "\"1/255\"")]
    [InlineData("image_mean", "[0.5, 0.5]")]
    [InlineData("image_mean", "[0.5, \"a\", 0.5]")]
    [InlineData("image_std", "[0.5]")]
    [InlineData("image_std", "[0.5, 0.5, 0]")]
    public void ABadValueIsNamedWithItsFile(string key, string value)
    {
        var text = $$"""{ "image_processor_type": "DeiTImageProcessor", "{{key}}": {{value}} }""";

        var exception = Assert.Throws<InvalidDataException>(() => ImageProcessor.FromJson(text, "folder/file.json"));

        Assert.Contains("folder/file.json", exception.Message, StringComparison.Ordinal);
        Assert.Contains(key, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "no JSON object")]
    [InlineData("{", "cannot be read")]
    [InlineData("{}", "\"size\"")]
    [InlineData("""{ "image_processor_type": "OtherImageProcessor", "size": 3, "resample": 2, "image_mean": [0], "image_std": [1] }""", "shorter side")]
    [InlineData("""{ "image_processor_type": "OtherImageProcessor", "size": { "height": 3, "width": 3 }, "image_mean": [0], "image_std": [1] }""", "OtherImageProcessor")]
    public void WhatCannotBeKnownIsNotGuessed(string text, string reason)
    {
        var exception = Assert.Throws<InvalidDataException>(() => ImageProcessor.FromJson(text));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnknownStepIsRefused() => Assert.Contains(
        "do_flip_channel_order",
        Assert.Throws<NotSupportedException>(() => ImageProcessor.FromJson("""{ "image_processor_type": "ViTImageProcessor", "do_flip_channel_order": true }""")).Message,
        StringComparison.Ordinal);
}
