using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

/// <summary>Configs of CLIP as they are published, old and new, and what models of them start as.</summary>
public class ClipConfigTests
{
    [Theory]
    [InlineData("2", null)]
    [InlineData("49407", 49407)]
    [InlineData("[7, 9]", 7)]
    [InlineData("null", null)]
    public void OldConfigsNameAWrongTokenThatEndsTexts(string json, int? end)
    {
        var config = (ClipConfig)ModelConfig.FromJson($$"""{"model_type": "clip", "text_config": {"eos_token_id": {{json}} } }""");
        Assert.Equal(end, config.Text.EndId);
    }

    [Fact]
    public void AConfigIsReadAsPublished()
    {
        var config = (ClipConfig)ModelConfig.FromJson(
            """
            {
              "model_type": "clip", "architectures": ["CLIPModel"], "initializer_factor": 1.0, "logit_scale_init_value": 2.5, "projection_dim": 768,
              "text_config": {"model_type": "clip_text_model", "hidden_size": 768, "num_attention_heads": 12, "intermediate_size": 3072, "bad_words_ids": null, "dropout": 0.0, "projection_dim": 512},
              "text_config_dict": null,
              "vision_config": {"hidden_size": 1024, "patch_size": 14, "eos_token_id": null, "id2label": {"0": "LABEL_0", "1": "LABEL_1"}}
            }
            """);
        Assert.Equal((768, 12, 3072, 768, 77), (config.Text.HiddenSize, config.Text.Heads, config.Text.InnerSize, config.Text.ProjectionSize, config.Text.MaxLength));
        Assert.Equal((1024, 14, 224, 768), (config.Vision.HiddenSize, config.Vision.PatchSize, config.Vision.ImageSize, config.Vision.ProjectionSize));
        Assert.Equal(2.5, config.LogitScale);
        Assert.Equal(config.ToJson(), ModelConfig.FromJson(config.ToJson()).ToJson());
        Assert.Contains("\"bad_words_ids\": null", config.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void OlderConfigsSayMostInTwoPlacesOfWhichTheOlderHolds()
    {
        var config = (ClipConfig)ModelConfig.FromJson(
            """
            {
              "model_type": "clip",
              "text_config_dict": {"hidden_size": 32, "num_attention_heads": 4},
              "text_config": {"hidden_size": 64, "num_hidden_layers": 3},
              "vision_config": null,
              "vision_config_dict": {"patch_size": 8}
            }
            """);
        Assert.Equal((32, 4, 12), (config.Text.HiddenSize, config.Text.Heads, config.Text.Layers));
        Assert.Equal((8, 768), (config.Vision.PatchSize, config.Vision.HiddenSize));
        Assert.Equal(8, (config with { Text = config.Text with { HiddenSize = 8 } }).Text.HiddenSize);
        Assert.DoesNotContain("_dict", config.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void FreshWeightsAreAsWideAsThePaperHasThem()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var model = ClipModel.Create(new ClipConfig
        {
            ProjectionSize = 96,
            Text = new() { VocabularySize = 300, HiddenSize = 64, Heads = 4, Layers = 3, InnerSize = 256 },
            Vision = new() { HiddenSize = 100, Heads = 4, Layers = 2, InnerSize = 400, ImageSize = 32, PatchSize = 4 },
        });
        Assert.Equal(Math.Log(1 / 0.07), model.LogitScale.item<float>(), 1e-4);
        var weights = model.named_parameters().ToDictionary(pair => pair.name, pair => (Tensor)pair.parameter);
        foreach (var (tower, width, layers) in new[] { ("text", 64.0, 3.0), ("image", 100.0, 2.0) })
        {
            Wide($"{tower}.backbone.stack.layers.1.attention.projection.weight", Math.Pow(width, -0.5));
            Wide($"{tower}.backbone.stack.layers.1.attention.output.weight", Math.Pow(width, -0.5) * Math.Pow(2 * layers, -0.5));
            Wide($"{tower}.backbone.stack.layers.1.feedForward.inner.weight", Math.Pow(2 * width, -0.5));
            Wide($"{tower}.backbone.stack.layers.1.feedForward.output.weight", Math.Pow(width, -0.5) * Math.Pow(2 * layers, -0.5));
            Wide($"{tower}.head.projection.weight", Math.Pow(width, -0.5));
        }
        Wide("text.backbone.embedding.tokens.weight", 0.02);
        Wide("text.backbone.embedding.positions.weight", 0.01);
        Wide("image.backbone.embedding.positions.weight", 0.1);
        Assert.All(weights.Where(pair => pair.Key.EndsWith("bias", StringComparison.Ordinal)), pair => Assert.Equal(0, pair.Value.abs().max().item<float>()));

        void Wide(string name, double deviation) => Assert.InRange(weights[name].std().item<float>() / deviation, 0.93, 1.07);
    }

    [Fact]
    public void ThePresetHasThePublishedNamesShapesAndCount()
    {
        var golden = PresetGolden.Read("clip-vit-base-patch32");
        using var scope = NewDisposeScope();
        var ours = Shapes((ClipConfig)Clip.Architecture.Presets["clip-vit-base-patch32"]);
        Assert.Equal(golden.Shapes.Select(Row).Order(StringComparer.Ordinal), ours.Select(Row).Order(StringComparer.Ordinal));
        Assert.Equal(golden.Parameters, ours.Values.Sum(Size));
    }

    /// <summary>What people who load the published checkpoints print.</summary>
    [Theory]
    [InlineData("clip-vit-base-patch32", 151_277_313)]
    [InlineData("clip-vit-base-patch16", 149_620_737)]
    [InlineData("clip-vit-large-patch14", 427_616_513)]
    [InlineData("clip-vit-large-patch14-336", 427_944_193)]
    public void APresetHasThePublishedCount(string preset, long parameters)
    {
        var config = (ClipConfig)Clip.Architecture.Presets[preset];
        // A count is linear in the layers of each tower and in the vocabulary: four small models tell that of a large one.
        var small = config with { Text = config.Text with { Layers = 1, VocabularySize = 1000 }, Vision = config.Vision with { Layers = 1 } };
        var count = Count(small);
        var texts = Count(small with { Text = small.Text with { Layers = 2 } }) - count;
        var images = Count(small with { Vision = small.Vision with { Layers = 2 } }) - count;
        var words = Count(small with { Text = small.Text with { VocabularySize = 1001 } }) - count;
        Assert.Equal(parameters, count + (config.Text.Layers - 1) * texts + (config.Vision.Layers - 1) * images + (config.Text.VocabularySize - 1000) * words);
    }

    private static long Count(ClipConfig config)
    {
        using var scope = NewDisposeScope();
        return Shapes(config).Values.Sum(Size);
    }

    private static Dictionary<string, long[]> Shapes(ClipConfig config)
    {
        using var shapes = new ShapesOnly();
        using var model = Clip.Architecture.Build<ClipModel>(config);
        return Checkpoint.Publish(model, Clip.Architecture.Names).ToDictionary(pair => pair.Name, pair => pair.Tensor.shape);
    }

    private static long Size(long[] shape) => shape.Aggregate(1L, (a, b) => a * b);

    private static string Row(KeyValuePair<string, long[]> tensor) => $"{tensor.Key} ({string.Join(", ", tensor.Value)})";
}
