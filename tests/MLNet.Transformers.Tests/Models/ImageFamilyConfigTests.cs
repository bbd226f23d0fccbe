using MLNet.Transformers.Models;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

/// <summary>What a <c>config.json</c> of models that read images may say, and what it leaves out.</summary>
public class ImageFamilyConfigTests
{
    [Theory]
    [InlineData("vit", "ViTForImageClassification")]
    [InlineData("deit", "DeiTForImageClassificationWithTeacher")]
    [InlineData("deit without its second classifier", "DeiTForImageClassification")]
    [InlineData("dinov2", "Dinov2ForImageClassification")]
    [InlineData("dinov2_with_registers", "Dinov2WithRegistersForImageClassification")]
    [InlineData("beit", "BeitForImageClassification")]
    public void AClassifierHasItsPublishedClass(string name, string published)
    {
        using var model = ImageModel.ForClassification(TinyImageConfigs.All[name]);
        Assert.Equal([published], model.Config.PublishedClasses);
    }

    /// <summary>The defaults of Hugging Face's configs, which hold where a file says nothing.</summary>
    [Fact]
    public void WhatIsLeftOutHasItsPublishedDefault()
    {
        var vit = Assert.IsType<VitConfig>(ImageConfig.FromJson("""{"model_type":"vit"}"""));
        Assert.Equal((768, 12, 12, 3072, 1e-12, true), (vit.HiddenSize, vit.Layers, vit.Heads, vit.InnerSize, vit.NormEpsilon, vit.AttentionBias));
        Assert.Equal((new PixelSize(224, 224), new PixelSize(16, 16), 3), (vit.ImageSize, vit.PatchSize, vit.Channels));
        var dino = Assert.IsType<Dinov2Config>(ImageConfig.FromJson("""{"model_type":"dinov2"}"""));
        Assert.Equal((1e-6, 3072, 1.0, false, true), (dino.NormEpsilon, dino.InnerSize, dino.LayerScale, dino.IsGated, dino.HasMaskToken));
        Assert.Equal(4, Assert.IsType<Dinov2WithRegistersConfig>(ImageConfig.FromJson("""{"model_type":"dinov2_with_registers"}""")).Registers);
        var beit = Assert.IsType<BeitConfig>(ImageConfig.FromJson("""{"model_type":"beit"}"""));
        Assert.Equal((false, false, false, false, 0.1, 0.1, true),
            (beit.HasOffsets, beit.HasSharedOffsets, beit.HasPositions, beit.HasMaskToken, beit.LayerScale, beit.DropPath, beit.IsMeanPooled));
    }

    /// <summary>Two thirds of the width, rounded up to a multiple of 8: 4096 of 6144 for the published giant.</summary>
    [Fact]
    public void GatedBlocksAreNarrower() =>
        Assert.Equal(4096, ((Dinov2Config)ImageConfig.FromJson("""{"model_type":"dinov2","hidden_size":1536,"use_swiglu_ffn":true}""")).InnerSize);

    [Fact]
    public void ASizeIsANumberOrHeightAndWidth()
    {
        var config = ImageConfig.FromJson("""{"model_type":"vit","image_size":[160,224],"patch_size":16}""");
        Assert.Equal(new PixelSize(160, 224), config.ImageSize);
        Assert.Contains("\"patch_size\": 16", config.ToJson(), StringComparison.Ordinal);
        Assert.Equal(config.ImageSize, ImageConfig.FromJson(config.ToJson()).ImageSize);
        Assert.Equal(PixelSize.Square(32), ImageConfig.FromJson("""{"model_type":"vit","image_size":[32,32]}""").ImageSize);
    }

    [Theory]
    [InlineData("[224]")]
    [InlineData("[1,2,3]")]
    [InlineData("\"large\"")]
    [InlineData("0")]
    [InlineData("[16,-1]")]
    [InlineData("null")]
    public void ASizeThatIsNoneIsRefused(string size) =>
        Assert.Throws<InvalidDataException>(() => ImageConfig.FromJson($$"""{"model_type":"vit","image_size":{{size}}}"""));

    [Fact]
    public void ADistillationTokenIsAskedFor()
    {
        using var scope = NewDisposeScope();
        using var model = ImageModel.ForClassification(TinyImageConfigs.All["vit"]);
        Assert.Contains("'vit'", Assert.Throws<ArgumentException>(() => DistilledImageClassification.Of(model.Config, model.Backbone)).Message, StringComparison.Ordinal);
    }

    /// <summary>A checkpoint of BEiT's guessing of hidden patches has the norm of that head beside the layers, which must not become theirs.</summary>
    [Fact]
    public void WhatOnlyOtherHeadsNeedIsLeftAside()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var model = ImageModel.ForClassification(TinyImageConfigs.All["beit"]);
        PretrainedImageFolder.Save(model, folder.Path);
        var weights = Checkpoint.Publish(model.Backbone, Beit.Architecture.NamesFor(model.Config)).ToList();
        weights.AddRange([("layernorm.weight", ones(12)), ("layernorm.bias", zeros(12)), ("lm_head.weight", zeros(7, 12)), ("lm_head.bias", zeros(7))]);
        weights.Add(("beit.encoder.layer.0.attention.attention.relative_position_bias.relative_position_index", zeros(10, 10, ScalarType.Int64)));
        using (var stream = File.Create(Path.Combine(folder.Path, "model.safetensors")))
            SafetensorsWriter.Write(stream, weights);
        using var loaded = PretrainedImageFolder.Open(folder.Path).LoadBackbone();
        Assert.Equal(model.Backbone.parameters().Sum(parameter => parameter.numel()), loaded.parameters().Sum(parameter => parameter.numel()));
    }
}
