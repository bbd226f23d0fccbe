using MLNet.Transformers.Models;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

/// <summary>Presets of models that read images have the names, shapes and number of parameters of the checkpoints whose names they bear.</summary>
public class ImagePresetTests
{
    public static TheoryData<string> Presets =>
        [.. PresetGolden.Presets.Where(preset => Architectures.Of<ImageConfig>().Any(family => family.Presets.ContainsKey(preset)))];

    [Theory]
    [MemberData(nameof(Presets))]
    public void APresetHasThePublishedNamesShapesAndCount(string preset)
    {
        var golden = PresetGolden.Read(preset);
        using var shapes = new ShapesOnly();
        using var scope = NewDisposeScope();
        var (architecture, config) = Find(preset);
        var hasHead = golden.Shapes.Keys.Any(name => name.Contains("classifier", StringComparison.Ordinal));
        using var model = ImageModel.ForClassification(config with { LabelNames = Labels(1000) });
        var ours = Checkpoint.Publish(hasHead ? model : model.Backbone, architecture.NamesFor(config)).ToDictionary(pair => pair.Name, pair => pair.Tensor.shape);

        Assert.Equal(golden.Shapes.Select(Row).Order(StringComparer.Ordinal), ours.Select(Row).Order(StringComparer.Ordinal));
        Assert.Equal(golden.Parameters, ours.Values.Sum(shape => shape.Aggregate(1L, (a, b) => a * b)));
    }

    /// <summary>
    /// Counts that are published, with the classifier of so many classes. ViT's are torchvision's, those of DeiT, BEiT and DINOv2 what
    /// people who run the published checkpoints print; that of vit-base-patch16-224-in21k has a pooler, which is left aside here. DINO's
    /// are DeiT's without a classifier, those with registers have four tokens more, and those of larger images more positions or offsets.
    /// </summary>
    [Theory]
    [InlineData("vit-base-patch16-224", 86_567_656, 1000)]
    [InlineData("vit-base-patch16-384", 86_859_496, 1000)]
    [InlineData("vit-large-patch16-224", 304_326_632, 1000)]
    [InlineData("vit-base-patch16-224-in21k", 86_389_248 - (768 * 768 + 768), 0)]
    [InlineData("deit-tiny-patch16-224", 5_717_416, 1000)]
    [InlineData("deit-small-patch16-224", 22_050_664, 1000)]
    [InlineData("deit-base-patch16-224", 86_567_656, 1000)]
    [InlineData("dino-vits16", 22_050_664 - 385 * 1000, 0)]
    [InlineData("dino-vits8", 22_050_664 - 385 * 1000 + (784 - 196) * 384 - (256 - 64) * 3 * 384, 0)]
    [InlineData("dino-vitb16", 86_567_656 - 769 * 1000, 0)]
    [InlineData("dino-vitb8", 86_567_656 - 769 * 1000 + (784 - 196) * 768 - (256 - 64) * 3 * 768, 0)]
    [InlineData("deit-tiny-distilled-patch16-224", 5_910_800, 1000)]
    [InlineData("deit-small-distilled-patch16-224", 22_436_432, 1000)]
    [InlineData("deit-base-distilled-patch16-224", 87_338_192, 1000)]
    [InlineData("deit-base-distilled-patch16-384", 87_338_192 + (576 - 196) * 768, 1000)]
    [InlineData("dinov2-small", 22_056_576, 0)]
    [InlineData("dinov2-base", 86_580_480, 0)]
    [InlineData("dinov2-large", 304_368_640, 0)]
    [InlineData("dinov2-giant", 1_136_480_768, 0)]
    [InlineData("dinov2-with-registers-small", 22_056_576 + 4 * 384, 0)]
    [InlineData("dinov2-with-registers-base", 86_580_480 + 4 * 768, 0)]
    [InlineData("dinov2-with-registers-large", 304_368_640 + 4 * 1024, 0)]
    [InlineData("dinov2-with-registers-giant", 1_136_480_768 + 4 * 1536, 0)]
    [InlineData("beit-base-patch16-224", 86_530_984, 1000)]
    [InlineData("beit-base-patch16-384", 86_530_984 + 12 * 12 * (47 * 47 - 27 * 27), 1000)]
    public void APresetHasThePublishedCount(string preset, long parameters, int classes)
    {
        var (_, config) = Find(preset);
        // A count is linear in the layers: two small models tell that of a deep one.
        var small = Count(Shallow(config, 1), classes);
        var deeper = Count(Shallow(config, 2), classes);
        Assert.Equal(parameters, small + (config.Layers - 1) * (deeper - small));
    }

    private static (Architecture Family, ImageConfig Config) Find(string preset)
    {
        var family = Assert.Single(Architectures.Of<ImageConfig>(), family => family.Presets.ContainsKey(preset));
        return (family, (ImageConfig)family.Presets[preset]);
    }

    private static ImageConfig Shallow(ImageConfig config, int layers) => config with { Layers = layers };

    private static long Count(ImageConfig config, int classes)
    {
        using var shapes = new ShapesOnly();
        using var scope = NewDisposeScope();
        using var backbone = Architectures.Find(config.ModelType).Build<ImageBackbone>(config);
        using var head = classes == 0 ? null : HeadOf(config with { LabelNames = Labels(classes) }, backbone);
        return backbone.parameters().Concat(head?.parameters() ?? []).Sum(parameter => parameter.numel());
    }

    private static ImageHead HeadOf(ImageConfig config, ImageBackbone backbone) =>
        config is DeitConfig ? DistilledImageClassification.Of(config, backbone) : ImageClassification.Of(config, backbone);

    private static string[] Labels(int count) => [.. Enumerable.Range(0, count).Select(label => $"{label}")];

    private static string Row(KeyValuePair<string, long[]> tensor) => $"{tensor.Key} ({string.Join(", ", tensor.Value)})";
}
