using MLNet.Transformers.Models;
using TorchSharp;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

/// <summary>CLIP as a whole; its towers by themselves are tested with the other families that read images or texts.</summary>
public class ClipTests(ITestOutputHelper output)
{
    private const int End = 30;

    private static readonly TokenSequence[] Texts = [new([0, 5, 9, End]), new([0, End]), new([0, 7, 3, 3, 8, End]), new([0, 12, End])];

    [PyTorchFact]
    public void OutputsAndGradientsAreThoseOfThePaper()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        PyTorch.Run("clip.py", folder.Path, "make");
        using var model = PretrainedClipFolder.Open(folder.Path).Load();
        Compare(model, folder.Path);
    }

    [PyTorchFact]
    public void WhatIsSavedGivesTheSameInPyTorch()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var model = Tiny();
        model.eval();
        PretrainedClipFolder.Save(model, folder.Path);
        using (var stream = File.Create(Path.Combine(folder.Path, "batch.safetensors")))
        {
            using var batch = Pad(Texts);
            SafetensorsWriter.Write(stream, [("pixels", Pixels()), ("ids", batch.Ids), ("mask", batch.Mask!)]);
        }
        PyTorch.Run("clip.py", folder.Path, "run");
        Compare(model, folder.Path);
    }

    [PyTorchFact]
    public void EachTowerOpensOutOfTheWholeModel()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var folder = new TemporaryFolder();
        PyTorch.Run("clip.py", folder.Path, "make");
        using var whole = PretrainedClipFolder.Open(folder.Path).Load();
        whole.eval();
        using var images = new ImageBatch(Pixels());
        using var texts = Pad(Texts);

        var imageFolder = PretrainedImageFolder.Open(folder.Path);
        Assert.Equal(whole.Config.Vision.ToJson(), imageFolder.Config.ToJson());
        Same(whole.ImageTower.Backbone.call(images), imageFolder.LoadBackbone().call(images));
        var (imageTower, freshOfImages) = imageFolder.Load(ImageProjection.Of);
        Assert.Empty(freshOfImages);
        Same(whole.ImageTower.call(images), imageTower.call(images));

        var textFolder = PretrainedFolder.Open(folder.Path);
        Same(whole.TextTower.Backbone.call(texts), textFolder.LoadBackbone().call(texts));
        var textTower = textFolder.Load(TextProjection.Of);
        Assert.Empty(textTower.FreshWeights);
        Same(whole.TextTower.call(texts), textTower.Model.call(texts));
    }

    [Fact]
    public void AFolderBringsConfigAndWeightsBack()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var source = Tiny();
        PretrainedClipFolder.Save(source, folder.Path);
        var read = PretrainedClipFolder.Open(folder.Path);
        using var target = read.Load();
        Assert.Equal(source.Config.ToJson(), read.Config.ToJson());
        Assert.Equal(["CLIPModel"], read.Config.PublishedClasses);
        var expected = source.state_dict();
        Assert.All(target.state_dict(), pair => Assert.True(pair.Value.Equals(expected[pair.Key]), pair.Key));
    }

    [Fact]
    public void ATowerIsSavedByItself()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var source = Tiny();
        PretrainedImageFolder.Save(source.ImageTower, folder.Path);
        var read = PretrainedImageFolder.Open(folder.Path);
        Assert.Equal("clip_vision_model", read.Config.ModelType);
        var expected = source.ImageTower.state_dict();
        Assert.All(read.Load(ImageProjection.Of).Model.state_dict(), pair => Assert.True(pair.Value.Equals(expected[pair.Key]), pair.Key));
        var refused = Assert.Throws<NotSupportedException>(() => PretrainedClipFolder.Open(folder.Path));
        Assert.Contains("clip_vision_model", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WeightsSurviveTheirPublishedForm()
    {
        using var scope = NewDisposeScope();
        using var source = Tiny();
        using var target = Tiny(seed: 2);
        using var stream = new MemoryStream();
        source.SaveWeights(stream);
        stream.Position = 0;
        target.LoadWeights(stream, "memory");
        var expected = source.state_dict();
        Assert.All(target.state_dict(), pair => Assert.True(pair.Value.Equals(expected[pair.Key]), pair.Key));
    }

    [Fact]
    public void PaddingAndCompanyChangeNothing()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = Tiny();
        model.eval();
        using var images = new ImageBatch(Pixels());
        using var texts = Pad(Texts);
        var (imageFeatures, textFeatures, scores) = (model.ImageFeatures(images), model.TextFeatures(texts), model.call(images, texts));
        Assert.Equal([4L, 4L], scores.shape);
        foreach (var (row, sequence) in Texts.Index())
        {
            using var image = new ImageBatch(images.Pixels.narrow(0, row, 1));
            using var text = Pad([sequence]);
            Tensors.Equal(Tensors.Values(model.ImageFeatures(image)), imageFeatures[row], 1e-6);
            Tensors.Equal(Tensors.Values(model.TextFeatures(text)), textFeatures[row], 1e-6);
            Tensors.Equal(Tensors.Values(model.call(image, text)), scores[row, row], 1e-5);
        }
        Tensors.Equal([1, 1, 1, 1], imageFeatures.norm(1), 1e-6);
        Tensors.Equal([1, 1, 1, 1], textFeatures.norm(1), 1e-6);
    }

    [Fact]
    public void AClassLiesInTheMiddleOfItsTexts()
    {
        using var scope = NewDisposeScope();
        using var model = Tiny();
        model.eval();
        TokenSequence[][] prompts = [[Texts[0], Texts[2], Texts[3]], [Texts[1]]];
        var places = model.ClassFeatures(prompts, batchSize: 3);
        foreach (var (row, texts) in prompts.Index())
        {
            var features = texts.Select(text => Tensors.Values(model.TextFeatures(Pad([text])))).ToArray();
            double[] middle = [.. Enumerable.Range(0, 10).Select(column => features.Average(vector => vector[column]))];
            var length = Math.Sqrt(middle.Sum(value => value * value));
            Tensors.Equal([.. middle.Select(value => value / length)], places[row], 1e-5);
        }
        Assert.Throws<ArgumentException>(() => model.ClassFeatures([[Texts[0]], []]));
    }

    [Fact]
    public void TheTokenThatEndsATextIsTheFirstOrInOldConfigsThatOfTheGreatestNumber()
    {
        using var scope = NewDisposeScope();
        var hidden = arange(12, ScalarType.Float32).view(2, 6, 1);
        using var batch = TokenBatch.Pad([new([0, 9, 4, 9, 3]), new([0, 3, 9])], 20, length: 6);
        Tensors.Equal([1, 8], new EndOfTextPooler(9).call(hidden, batch));
        Tensors.Equal([1, 8], new EndOfTextPooler(null).call(hidden, batch));
        Tensors.Equal([4, 7], new EndOfTextPooler(3).call(hidden, batch));
        // What fills texts up ends none of them.
        Assert.Contains("Text 0", Assert.Throws<ArgumentException>(() => new EndOfTextPooler(20).call(hidden, batch)).Message, StringComparison.Ordinal);
        Assert.Contains("Text 1", Assert.Throws<ArgumentException>(() => new EndOfTextPooler(4).call(hidden, batch)).Message, StringComparison.Ordinal);
    }

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
        using var model = Clip.Architecture.Build<ClipModel>(config);
        return Checkpoint.Publish(model, Clip.Architecture.Names).ToDictionary(pair => pair.Name, pair => pair.Tensor.shape);
    }

    private static long Size(long[] shape) => shape.Aggregate(1L, (a, b) => a * b);

    private static string Row(KeyValuePair<string, long[]> tensor) => $"{tensor.Key} ({string.Join(", ", tensor.Value)})";

    private static Tensor Pixels()
    {
        manual_seed(7);
        return randn(4, 3, 12, 12);
    }

    private static TokenBatch Pad(IReadOnlyList<TokenSequence> texts) => TokenBatch.Pad(texts, 1);

    private static ClipModel Tiny(long seed = 1)
    {
        manual_seed(seed);
        var model = ClipModel.Create(new ClipConfig
        {
            ProjectionSize = 10,
            Text = new() { VocabularySize = 31, HiddenSize = 12, Heads = 3, Layers = 2, InnerSize = 20, MaxLength = 10, EosIds = [End] },
            Vision = new() { HiddenSize = 12, Heads = 3, Layers = 2, InnerSize = 20, ImageSize = 12, PatchSize = 4 },
        });
        foreach (var (_, parameter) in model.named_parameters().Where(pair => pair.parameter.dim() > 0))
            nn.init.normal_(parameter, 0, 0.3);
        return model;
    }

    /// <summary>Holds what the model makes of the batch in a folder, and the gradients of its loss, against what Python has computed.</summary>
    private void Compare(ClipModel model, string folder)
    {
        using var batch = SafetensorsFile.Open(Path.Combine(folder, "batch.safetensors"));
        using var expected = SafetensorsFile.Open(Path.Combine(folder, "outputs.safetensors"));
        using var images = new ImageBatch(batch.Read("pixels"));
        var (ids, mask) = (batch.Read("ids"), batch.Read("mask"));
        using var texts = Pad([.. Enumerable.Range(0, (int)ids.size(0)).Select(row => new TokenSequence([.. Tensors.Values(ids[row][mask[row]]).Select(id => (int)id)]))]);

        var scores = model.call(images, texts);
        Near("images", expected.Read("image_features"), model.ImageFeatures(images));
        Near("texts", expected.Read("text_features"), model.TextFeatures(texts));
        Near("scores", expected.Read("scores"), scores);
        var own = arange(scores.size(0), ScalarType.Int64);
        var loss = (nn.functional.cross_entropy(scores, own) + nn.functional.cross_entropy(scores.t(), own)) / 2;
        Near("loss", expected.Read("loss"), loss);
        loss.backward();
        var published = model.named_parameters().ToDictionary(pair => pair.name, pair => Clip.Architecture.Names.Publish(pair.name));
        foreach (var (name, parameter) in model.named_parameters())
        {
            var gradients = published[name].Names.Select(theirs => expected.Read("gradient." + theirs)).ToArray();
            Near($"gradient of {name}", gradients.Length == 1 ? gradients[0].view(parameter.shape) : cat(gradients, 0), parameter.grad!);
        }
    }

    private void Near(string what, Tensor expected, Tensor actual)
    {
        Assert.True(expected.shape.SequenceEqual(actual.shape), $"{what} is ({string.Join(", ", actual.shape)}), not ({string.Join(", ", expected.shape)})");
        var difference = (actual.detach().to(ScalarType.Float64) - expected).div(expected.abs().clamp_min(1)).abs().max().item<double>();
        output.WriteLine($"{what} differs by {difference:g2}");
        Assert.True(difference <= 1e-5, $"{what} differs by {difference}");
    }

    private static void Same(Tensor expected, Tensor actual) => Assert.True(expected.Equals(actual));
}
