using MLNet.Transformers.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Tests.Models;

/// <summary>What every architecture of the registry that reads images must keep to.</summary>
public class ImageArchitectureTests
{
    public static TheoryData<string> Families => [.. Architectures.Of<ImageConfig>().Select(architecture => architecture.ModelType)];

    public static TheoryData<string> Models => [.. TinyImageConfigs.All.Keys];

    [Fact]
    public void EveryFamilyIsListed() =>
        Assert.Equal(Architectures.Of<ImageConfig>().Select(family => family.ModelType).Order(), TinyImageConfigs.All.Values.Select(config => config.ModelType).Distinct().Order());

    [Theory]
    [MemberData(nameof(Models))]
    public void OutputsHaveTheirShapes(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Tiny(name);
        using var batch = Images(model.Config, 4);
        var grid = model.Backbone.GridOf(batch.Height, batch.Width);
        Assert.Equal([4L, model.Backbone.PrefixTokens + grid.Count, model.Config.OutputSize], model.Backbone.call(batch).shape);
        Assert.Equal([4L, 3L], model.call(batch).shape);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void CompanyChangesNothing(string name)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = Tiny(name);
        model.eval();
        using var batch = Images(model.Config, 4);
        var together = model.call(batch);
        for (var row = 0; row < 4; row++)
            Tensors.Equal(Tensors.Values(model.call(new ImageBatch(batch.Pixels.narrow(0, row, 1)))), together[row], 1e-6);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void PixelsMayLieInAnyOrder(string name)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = Tiny(name);
        model.eval();
        using var batch = Images(model.Config, 2);
        using var interleaved = new ImageBatch(batch.Pixels.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2));
        Tensors.Equal(Tensors.Values(model.call(batch)), model.call(interleaved), 1e-6);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ImagesOfOtherSizesAreRead(string name)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = Tiny(name);
        model.eval();
        var config = model.Config;
        using var batch = new ImageBatch(randn(2, config.Channels, 2 * config.ImageSize.Height, config.ImageSize.Width));
        var grid = model.Backbone.GridOf(batch.Height, batch.Width);
        var hidden = model.Backbone.call(batch);
        Assert.Equal(model.Backbone.PrefixTokens + grid.Count, hidden.size(1));
        Assert.True(hidden.isfinite().all().item<bool>());
        Assert.Equal([2L, 3L], model.call(batch).shape);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ImagesThatDoNotFitAreRefused(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Tiny(name);
        var (config, size) = (model.Config, model.Config.ImageSize);
        // Stages fill up what is missing to whole patches.
        if (model.Backbone is not ImageStages)
            Assert.Throws<ArgumentException>(() => model.call(new ImageBatch(randn(1, config.Channels, size.Height, size.Width + 1))));
        Assert.Throws<ArgumentException>(() => model.call(new ImageBatch(randn(1, config.Channels + 1, size.Height, size.Width))));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void PatchesAreHiddenWhereThereIsATokenForIt(string name)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = Tiny(name);
        model.eval();
        using var seen = Images(model.Config, 2);
        var grid = model.Backbone.GridOf(seen.Height, seen.Width);
        var hidden = model.Backbone.call(seen);
        using var masked = new ImageBatch(seen.Pixels.alias()) { MaskedPatches = tensor([true, false]).unsqueeze(1).expand(2, grid.Count).clone() };
        if (!model.named_parameters().Any(IsMaskToken))
        {
            Assert.Throws<NotSupportedException>(() => model.call(masked));
            return;
        }
        var partly = model.Backbone.call(masked);
        Tensors.Equal(Tensors.Values(hidden[1]), partly[1], 1e-6);
        Assert.True((hidden[0] - partly[0]).abs().max().item<float>() > 1e-3);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ATraceChangesNothing(string name)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = Tiny(name);
        model.eval();
        using var batch = Images(model.Config, 2);
        using var trace = new LayerTrace(keepsAttentions: true);
        var traced = model.Backbone.forward(batch, trace);
        Tensors.Equal(Tensors.Values(model.Backbone.call(batch)), traced);
        Assert.Equal(Tensors.Values(traced), Tensors.Values(trace.States[^1]));
        Assert.NotEmpty(trace.Attentions);
        Assert.All(trace.Attentions, weights => Tensors.Equal([.. Enumerable.Repeat(1.0, (int)(weights.numel() / weights.size(-1)))], weights.sum(-1)));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void WeightsSurviveTheirPublishedForm(string name)
    {
        using var scope = NewDisposeScope();
        using var source = Tiny(name);
        using var target = Tiny(name, seed: 2);
        using var stream = new MemoryStream();
        source.SaveWeights(stream);
        stream.Position = 0;
        target.LoadWeights(stream, "memory");
        Tensors.EqualWeights(source, target);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void AFolderBringsConfigAndWeightsBack(string name)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var source = Tiny(name);
        PretrainedImageFolder.Save(source, folder.Path);
        var read = PretrainedImageFolder.Open(folder.Path);
        using var target = read.LoadClassifier();
        Assert.Equal(source.Config.ToJson(), read.Config.ToJson());
        Assert.Equal(["a", "b", "c"], read.Config.LabelNames);
        Tensors.EqualWeights(source, target);

        // Another head on the same backbone: the old one is left aside.
        using var other = read.LoadClassifier(["one", "two"]);
        Tensors.EqualWeights(source.Backbone, other.Backbone);
        using var bare = read.LoadBackbone();
        Tensors.EqualWeights(source.Backbone, bare);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void GradientsReachEveryParameter(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Tiny(name);
        using var batch = Images(model.Config, 4);
        // A head need not read every token: what nobody else asks for, the direction does.
        var hidden = model.Backbone.call(batch);
        var scores = functional.cross_entropy(model.Head.call(hidden), tensor([0L, 1L, 2L, 0L]));
        (scores + (hidden * randn_like(hidden)).mean()).backward();
        Assert.All(model.named_parameters().Where(pair => !IsMaskToken(pair)), pair =>
        {
            Assert.True(pair.parameter.grad is not null, pair.name);
            Assert.True(pair.parameter.grad!.abs().sum().item<float>() > 0, pair.name);
        });
    }

    /// <summary>A model leaves out what its head does not read; states of all tokens give the same scores and gradients.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void WhatNobodyReadsChangesNothing(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Tiny(name);
        model.eval();
        using var batch = Images(model.Config, 4);
        var direction = randn(4, 3);
        var parameters = model.named_parameters().ToList();
        var whole = model.Head.call(model.Backbone.call(batch));
        (whole * direction).sum().backward();
        var gradients = parameters.ConvertAll(pair => pair.parameter.grad?.clone());
        model.zero_grad();
        var parts = model.call(batch);
        (parts * direction).sum().backward();

        Tensors.Equal(Tensors.Values(whole), parts, 1e-6);
        foreach (var ((_, parameter), gradient) in parameters.Zip(gradients))
            if (gradient is not null)
                Tensors.Equal(Tensors.Values(gradient), parameter.grad!, 1e-5);
        if (model.Head.ReadTokens is { } tokens)
            Assert.InRange(model.Backbone.ForwardFirst(batch, tokens).size(1), tokens, model.Config is VitConfig ? tokens : long.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ABatchCanBeOverfitted(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Tiny(name);
        using var batch = Images(model.Config, 4);
        var labels = tensor([0L, 1L, 2L, 0L]);
        using var optimizer = optim.AdamW(model.parameters(), 5e-3);
        for (var step = 0; step < 60; step++)
        {
            using var ofStep = NewDisposeScope();
            optimizer.zero_grad();
            functional.cross_entropy(model.call(batch), labels).backward();
            optimizer.step();
        }
        model.eval();
        var loss = functional.cross_entropy(model.call(batch), labels).item<float>();
        Assert.InRange(loss, 0, 0.1);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void AModelMovesToAnotherElementType(string name)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = Tiny(name);
        model.eval();
        using var batch = Images(model.Config, 2);
        var expected = Tensors.Values(model.call(batch));
        model.to(ScalarType.BFloat16);
        var narrow = model.call(new ImageBatch(batch.Pixels.to(ScalarType.BFloat16)));
        Assert.Equal(ScalarType.Float32, narrow.dtype);
        Tensors.Equal(expected, narrow, 0.1);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void EveryPresetHasItsOwnName(string family)
    {
        var architecture = Architectures.Find(family);
        Assert.NotEmpty(architecture.Presets);
        Assert.All(architecture.Presets.Values, preset => Assert.Equal(family, preset.ModelType));
        Assert.All(architecture.Presets.Values, preset => Assert.Equal(preset.ToJson(), ImageConfig.FromJson(preset.ToJson()).ToJson()));
    }

    private static ImageModel Tiny(string name, long seed = 1)
    {
        manual_seed(seed);
        return ImageModel.ForClassification(TinyImageConfigs.All[name]);
    }

    private static ImageBatch Images(ImageConfig config, long count) =>
        new(randn(count, config.Channels, config.ImageSize.Height, config.ImageSize.Width));

    private static bool IsMaskToken((string Name, Parameter Parameter) pair) => pair.Name.EndsWith("maskToken", StringComparison.Ordinal);
}
