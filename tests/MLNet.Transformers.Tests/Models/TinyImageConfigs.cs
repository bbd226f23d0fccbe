using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests.Models;

/// <summary>A config of every family that reads images, and of the variants of one that have parts of their own, small enough to train in a moment.</summary>
internal static class TinyImageConfigs
{
    public static IReadOnlyDictionary<string, ImageConfig> All { get; } = new Dictionary<string, ImageConfig>
    {
        ["vit"] = Small(new VitConfig()),
        ["vit of grey oblongs"] = Small(new VitConfig { Channels = 1, AttentionBias = false }) with { ImageSize = new(8, 12), PatchSize = new(4, 3) },
        ["deit"] = Small(new DeitConfig()),
        ["deit without its second classifier"] = Small(new DeitConfig { PublishedClasses = ["DeiTForImageClassification"] }),
        ["dinov2"] = Small(new Dinov2Config { HasMaskToken = false }),
        ["dinov2, gated"] = Small(new Dinov2Config { HasMaskToken = false, IsGated = true, LayerScale = 0.1 }),
        ["dinov2_with_registers"] = Small(new Dinov2WithRegistersConfig { Registers = 2 }),
        ["beit"] = Small(new BeitConfig { HasOffsets = true }),
        ["beit that shares its offsets"] = Small(new BeitConfig { HasSharedOffsets = true, HasPositions = true, IsMeanPooled = false, LayerScale = 0 }),
        ["swin"] = Windows,
        ["swin of three stages, windows that do not divide"] = Windows with { Depths = [1, 3, 1], Heads = [1, 2, 4], WindowSize = 3, AttentionBias = false, InnerRatio = 2 },
        ["swin, windows greater than the map"] = Windows with { WindowSize = 9, Channels = 1 },
        ["clip_vision_model"] = new ClipVisionConfig
        {
            ImageSize = 12,
            PatchSize = 4,
            HiddenSize = 12,
            Layers = 2,
            Heads = 3,
            InnerSize = 24,
            LabelNames = ["a", "b", "c"],
        },
    };

    private static SwinConfig Windows => new()
    {
        ImageSize = 16,
        PatchSize = 2,
        EmbeddingSize = 6,
        Depths = [2, 2],
        Heads = [2, 3],
        WindowSize = 4,
        InitializerRange = 0.2,
        LabelNames = ["a", "b", "c"],
    };

    private static ImageConfig Small(ImageEncoderConfig config) => config with
    {
        ImageSize = 12,
        PatchSize = 4,
        HiddenSize = 12,
        Layers = 2,
        Heads = 3,
        InnerSize = 24,
        InitializerRange = 0.2,
        LabelNames = ["a", "b", "c"],
    };
}
