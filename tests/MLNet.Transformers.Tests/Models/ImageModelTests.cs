using MLNet.Transformers.Models;
using TorchSharp;

namespace MLNet.Transformers.Tests.Models;

public class ImageModelTests
{
    private static readonly VitConfig Tiny = new()
    {
        ImageSize = 28, PatchSize = 7, Channels = 1, HiddenSize = 16, Layers = 2, Heads = 2, InnerSize = 24, LabelNames = ["a", "b", "c"],
    };

    [Fact]
    public void OneRowOfScoresAnImage()
    {
        using var scope = torch.NewDisposeScope();
        using var model = ImageModel.ForClassification(Tiny);
        using var batch = new ImageBatch(torch.randn(5, 1, 28, 28));

        Assert.Equal([5, 3], model.call(batch).shape);
        Assert.Equal([5, 17, 16], model.Backbone.call(batch).shape);
        Assert.Equal(1, model.Backbone.PrefixTokens);
        Assert.Equal(new ImageGrid(4, 4), model.Backbone.GridOf(28, 28));
    }

    [Fact]
    public void ImagesOfOtherSizesAreRead()
    {
        using var scope = torch.NewDisposeScope();
        using var model = ImageModel.ForClassification(Tiny);
        using var batch = new ImageBatch(torch.randn(1, 1, 14, 35));

        Assert.Equal([1, 11, 16], model.Backbone.call(batch).shape);
    }

    [Fact]
    public void WhatIsSavedIsLoaded()
    {
        using var scope = torch.NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var model = ImageModel.ForClassification(Tiny);
        PretrainedImageFolder.Save(model, folder.Path);
        using var loaded = PretrainedImageFolder.Open(folder.Path).LoadClassifier();
        using var batch = new ImageBatch(torch.randn(2, 1, 28, 28));

        Assert.Equal(["ViTForImageClassification"], loaded.Config.PublishedClasses);
        Assert.Equal(model.call(batch).data<float>().ToArray(), loaded.call(batch).data<float>().ToArray());
        Assert.Throws<NotSupportedException>(() => PretrainedFolder.Open(folder.Path));
    }

    [Fact]
    public void ImagesThatDoNotFitAreRefused()
    {
        using var scope = torch.NewDisposeScope();
        using var model = ImageModel.ForClassification(Tiny);

        Assert.Contains("7 x 7", Assert.Throws<ArgumentException>(() => model.call(new ImageBatch(torch.randn(1, 1, 28, 27)))).Message, StringComparison.Ordinal);
        Assert.Contains("3 channels", Assert.Throws<ArgumentException>(() => model.call(new ImageBatch(torch.randn(1, 3, 28, 28)))).Message, StringComparison.Ordinal);
    }
}
