using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

/// <summary>What Swin alone has; the rest is tested with the other families that read images.</summary>
public class SwinTests
{
    /// <summary>
    /// With the classifier of 1000 classes. The first three are torchvision's; with windows of 12 patches there are offsets up to 11
    /// instead of 6 for each head of each layer.
    /// </summary>
    [Theory]
    [InlineData("swin-tiny-patch4-window7-224", 28_288_354)]
    [InlineData("swin-small-patch4-window7-224", 49_606_258)]
    [InlineData("swin-base-patch4-window7-224", 87_768_224)]
    [InlineData("swin-base-patch4-window12-384", 87_768_224 + (23 * 23 - 13 * 13) * (2 * 4 + 2 * 8 + 18 * 16 + 2 * 32))]
    public void APresetHasThePublishedCount(string preset, long parameters)
    {
        var config = (SwinConfig)Swin.Architecture.Presets[preset];
        // A count is linear in the layers of the third stage, which alone is deep.
        var (small, deeper) = (Count(config with { Depths = [2, 2, 1, 2] }), Count(config with { Depths = [2, 2, 2, 2] }));
        Assert.Equal(parameters, small + (config.Depths[2] - 1) * (deeper - small));
    }

    [Fact]
    public void DisplacedWindowsJoinWhatOthersSetApart()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var config = ((SwinConfig)TinyImageConfigs.All["swin"]) with { Heads = [1], WindowSize = 4, InitializerRange = 0.5 };
        using var separate = ImageModel.ForClassification(config with { Depths = [1] });
        using var joined = ImageModel.ForClassification(config with { Depths = [2] });
        separate.eval();
        joined.eval();
        var pixels = randn(1, 3, 16, 16);
        var changed = pixels.clone();
        changed[0, 0, 7, 7] = 5; // In the last patch of the first of four windows, in the middle of the image.

        Assert.Equal([0], Touched(separate));
        Assert.Equal([0, 1, 2, 3], Touched(joined));

        // The windows, of 4 x 4 of the 8 x 8 patches, in which anything is different.
        int[] Touched(ImageModel model)
        {
            var difference = model.Backbone.call(new ImageBatch(changed)) - model.Backbone.call(new ImageBatch(pixels));
            var windows = difference.abs().sum(-1).view(2, 4, 2, 4).sum(3).sum(1);
            return [.. Tensors.Values(windows.flatten()).Index().Where(window => window.Item > 1e-6).Select(window => window.Index)];
        }
    }

    [Fact]
    public void WhatCannotBeBuiltIsRefused()
    {
        var unlike = Assert.Throws<InvalidDataException>(() => Build(new SwinConfig { Depths = [2, 2] }));
        Assert.Contains("(depths)", unlike.Message, StringComparison.Ordinal);
        Assert.Contains("use_absolute_embeddings", Assert.Throws<NotSupportedException>(() => Build(new SwinConfig { HasPositions = true })).Message, StringComparison.Ordinal);
        Assert.Contains("(depths)", Assert.Throws<NotSupportedException>(() => new SwinConfig { Layers = 3 }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LaterLayersAreLeftOutMoreOftenInTraining()
    {
        var config = new SwinConfig { DropPath = 0.3, Depths = [1, 2, 1], Heads = [1, 2, 4] };
        Assert.Equal([0, 0.1, 0.2, 0.3], Enumerable.Range(0, 4).Select(layer => Math.Round(config.DropPathOf(layer), 12)));
    }

    private static void Build(SwinConfig config) => Swin.Architecture.Build<ImageBackbone>(config).Dispose();

    private static long Count(SwinConfig config)
    {
        using var shapes = new ShapesOnly();
        using var scope = NewDisposeScope();
        using var model = ImageModel.ForClassification(config with { LabelNames = [.. Enumerable.Range(0, 1000).Select(label => $"{label}")] });
        return model.parameters().Sum(parameter => parameter.numel());
    }
}
