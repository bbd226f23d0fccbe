using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Models;
using MLNet.Transformers.Tests.Models;
using TorchSharp;

namespace MLNet.Transformers.Tests;

/// <summary>What a featurizer saves as a folder of sentence-transformers, PyTorch reads by the published layout and gives the same vectors: see Models/Reference/embed_sentences.py.</summary>
public sealed class SentenceTransformersReferenceTests
{
    private static readonly Dictionary<string, SentenceEmbeddingConfig> Embeddings = new()
    {
        ["every pooling"] = new() { Poolings = [Pooling.Cls, Pooling.Max, Pooling.Mean, Pooling.MeanSqrt, Pooling.WeightedMean, Pooling.Last] },
        ["a map and a norm"] = new() { Poolings = [Pooling.Mean], Steps = [new DenseStep(5), new UnitLengthStep()] },
        ["two maps and a layer norm"] = new()
        {
            Poolings = [Pooling.Max, Pooling.MeanSqrt],
            Steps = [new DenseStep(9, HasBias: false, "gelu"), new LayerNormStep(), new DenseStep(4, Activation: null)],
        },
    };

    private readonly MLContext mlContext = new(seed: 1);

    public static TheoryData<string> Cases => [.. Embeddings.Keys];

    [PyTorchTheory, MemberData(nameof(Cases))]
    public void GivesTheSameVectors(string name)
    {
        var rows = StageRow.Many(12);
        using var folder = new TemporaryFolder();
        var (data, saved) = (mlContext.Data.LoadFromEnumerable(rows), folder.File("saved"));
        torch.manual_seed(5);
        using var network = TextModel.Create(PretrainedFolder.Open(TinyFolders.Bert).Config, (config, _) => new SentenceEmbedding(Embeddings[name], config));
        using var model = mlContext.Transforms.Text.FeaturizeTextWithTransformer(
            new FeaturizingOptions { Network = network, Tokenizer = TinyFolders.Tokenizer, BatchTokens = 64 }).Fit(data);
        model.SavePretrained(saved);
        File.WriteAllText(folder.File("sentences.json"), JsonSerializer.Serialize(rows.Select(row => model.Tokenizer.Encode(row.Text).Ids)));

        var expected = JsonSerializer.Deserialize<double[][]>(PyTorch.Run("embed_sentences.py", saved, folder.File("sentences.json")))!;
        var found = model.Transform(data).GetColumn<float[]>("Features").ToArray();
        Assert.Equal(expected.Length, found.Length);
        foreach (var (vector, reference) in found.Zip(expected))
        {
            Assert.Equal(reference.Length, vector.Length);
            Assert.All(reference.Zip(vector), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        }
    }
}
