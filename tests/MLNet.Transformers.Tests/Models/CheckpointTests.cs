using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Tests.Models;

/// <summary>Loading and publishing: what does not fit is listed whole, and what fits arrives.</summary>
public class CheckpointTests
{
    [Fact]
    public void EverythingWrongIsInOneException()
    {
        using var scope = NewDisposeScope();
        using var model = Model();
        var before = model.parameters().Select(parameter => parameter.detach().clone()).ToList();
        var published = Published(model);
        published.Remove("bert.encoder.layer.0.attention.self.key.weight");
        published["bert.embeddings.LayerNorm.bias"] = zeros(5);
        published["bert.encoder.layer.7.output.dense.weight"] = zeros(2, 2);
        published["stranger"] = zeros(1);

        var exception = Assert.Throws<WeightMismatchException>(() => Load(model, published));

        Assert.Equal(["bert.encoder.layer.0.attention.self.key.weight"], exception.Missing);
        Assert.Equal(["bert.encoder.layer.7.output.dense.weight", "stranger"], exception.Unexpected.Order());
        Assert.Contains("(5) instead of (8)", Assert.Single(exception.Misshapen), StringComparison.Ordinal);
        Assert.Contains("test.safetensors", exception.Message, StringComparison.Ordinal);
        Assert.All(before.Zip(model.parameters()), pair => Assert.True(pair.First.Equals(pair.Second)));
    }

    [Fact]
    public void OldSpellingsAndMissingPrefixesLoad()
    {
        using var scope = NewDisposeScope();
        using var model = Model();
        using var target = Model(seed: 2);
        var old = Published(model).ToDictionary(
            pair => pair.Key.Replace("bert.", "", StringComparison.Ordinal)
                .Replace("LayerNorm.weight", "LayerNorm.gamma", StringComparison.Ordinal)
                .Replace("LayerNorm.bias", "LayerNorm.beta", StringComparison.Ordinal),
            pair => pair.Value);
        old["embeddings.position_ids"] = arange(10);
        old["cls.predictions.bias"] = zeros(20);
        Load(target, old);
        Tensors.EqualWeights(model, target);
    }

    [Fact]
    public void ElementTypesAreConverted()
    {
        using var scope = NewDisposeScope();
        using var model = Model();
        using var target = Model(seed: 2);
        Load(target, Published(model).ToDictionary(pair => pair.Key, pair => pair.Value.to(ScalarType.BFloat16)));
        Assert.All(target.state_dict(), pair =>
        {
            Assert.Equal(ScalarType.Float32, pair.Value.dtype);
            Assert.True(pair.Value.Equals(model.state_dict()[pair.Key].to(ScalarType.BFloat16).to(ScalarType.Float32)), pair.Key);
        });
    }

    [Fact]
    public void PackedPartsOfUnlikeSizesComeApartAndTogether()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var names = NameTable.Parse(
            """
            model.{q,k,v}_proj = projection
            model.o_proj       = output | transpose
            """);
        var source = new Attention(8, 4, keyValueHeads: 2);
        var target = new Attention(8, 4, keyValueHeads: 2);
        var published = Checkpoint.Publish(source, names);
        Assert.Equal([8L, 4L, 4L], published.Where(pair => pair.Name.EndsWith("_proj.bias", StringComparison.Ordinal) && pair.Name != "model.o_proj.bias").Select(pair => pair.Tensor.size(0)));
        Checkpoint.Load(target, names, Stored(published.ToDictionary(pair => pair.Name, pair => pair.Tensor)));
        Tensors.EqualWeights(source, target);
    }

    [Fact]
    public void WhatIsPublishedWholeIsSplitHere()
    {
        using var scope = NewDisposeScope();
        var names = NameTable.Parse("model.both = {left,right} | transpose");
        var (source, target) = (new Pair(), new Pair());
        var (name, tensor) = Assert.Single(Checkpoint.Publish(source, names), pair => pair.Name.EndsWith("weight", StringComparison.Ordinal));
        Assert.Equal([3L, 4L], tensor.shape);
        Tensors.Equal(Tensors.Values(cat([source.left.weight!.t(), source.right.weight!.t()], 1)), tensor, 0);
        Checkpoint.Load(target, names, Stored(Checkpoint.Publish(source, names).ToDictionary(pair => pair.Name, pair => pair.Tensor)));
        Tensors.EqualWeights(source, target);
    }

    [Fact]
    public void AFolderThatLacksSomethingSaysWhat()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<DirectoryNotFoundException>(() => PretrainedFolder.Open(Path.Combine(folder.Path, "none")));
        Assert.Contains("config.json", Assert.Throws<FileNotFoundException>(() => PretrainedFolder.Open(folder.Path)).Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder.Path, "config.json"), """{"model_type":"bert"}""");
        Assert.Contains("model.safetensors", Assert.Throws<FileNotFoundException>(() => PretrainedFolder.Open(folder.Path).OpenWeights()).Message, StringComparison.Ordinal);
        Assert.Contains("id2label", Assert.Throws<ArgumentException>(() => PretrainedFolder.Open(folder.Path).LoadClassifier()).Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, Tensor> Published(TextModel model) =>
        Checkpoint.Publish(model, Bert.Architecture.Names).ToDictionary(pair => pair.Name, pair => pair.Tensor);

    private static void Load(TextModel model, Dictionary<string, Tensor> published)
    {
        using var weights = Stored(published);
        Checkpoint.Load(model, Bert.Architecture.Names, weights);
    }

    private static SafetensorsStream Stored(Dictionary<string, Tensor> tensors)
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [.. tensors.Select(pair => (pair.Key, pair.Value))]);
        stream.Position = 0;
        return SafetensorsStream.Read(stream, "test.safetensors");
    }

    private static TextModel Model(long seed = 1)
    {
        manual_seed(seed);
        return TextModel.ForClassification(new BertConfig
        {
            VocabularySize = 20,
            HiddenSize = 8,
            Layers = 1,
            Heads = 2,
            InnerSize = 12,
            MaxLength = 10,
            LabelNames = ["a", "b"],
        });
    }

    private sealed class Pair : Module<Tensor, Tensor>
    {
        public readonly TorchSharp.Modules.Linear left = Linear(3, 2);
        public readonly TorchSharp.Modules.Linear right = Linear(3, 2);

        public Pair()
            : base(nameof(Pair)) => RegisterComponents();

        public override Tensor forward(Tensor input) => left.forward(input) + right.forward(input);
    }
}
