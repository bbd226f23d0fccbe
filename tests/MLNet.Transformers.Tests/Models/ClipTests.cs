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
        Tensors.EqualWeights(source, target);
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
        Tensors.EqualWeights(source.ImageTower, read.Load(ImageProjection.Of).Model);
        var refused = Assert.Throws<NotSupportedException>(() => PretrainedClipFolder.Open(folder.Path));
        Assert.Contains("clip_vision_model", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AClassifierThatWasMadeOfTheWholeModelOpens()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var whole = Tiny();
        using var source = ImageModel.ForClassification(whole.Config.Vision with { LabelNames = ["cat", "dog"] });
        PretrainedImageFolder.Save(source, folder.Path);
        // As it is published, with the config of both towers.
        File.WriteAllText(Path.Combine(folder.Path, "config.json"), (whole.Config with { LabelNames = ["cat", "dog"] }).ToJson());
        var read = PretrainedImageFolder.Open(folder.Path);
        Assert.Equal(["cat", "dog"], read.Config.LabelNames);
        Tensors.EqualWeights(source, read.LoadClassifier());
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
        Tensors.EqualWeights(source, target);
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
