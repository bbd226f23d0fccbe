using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Models;
using MLNet.Transformers.Tests.Models;
using TorchSharp;

namespace MLNet.Transformers.Tests;

public sealed class ImageAttentionTests
{
    private readonly MLContext mlContext = new(seed: 1);

    [Fact]
    public void GivesTheWeightsOfTheModelCalledByItself()
    {
        var data = mlContext.Data.LoadFromEnumerable(StageRow.Many(3));
        var model = mlContext.Transforms.ExtractAttention(new ImageAttentionOptions { ImageColumnName = "Picture", PretrainedFolder = TinyFolders.Vit, BatchSize = 2 }).Fit(data);
        var view = model.Transform(data);
        var tokens = model.PrefixTokens + (int)model.Grid.Count;
        Assert.Equal([model.Layers, model.Heads, tokens, tokens], ((VectorDataViewType)view.Schema["Attention"].Type).Dimensions.ToArray());

        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        using var network = PretrainedImageFolder.Open(TinyFolders.Vit).LoadClassifier();
        network.eval();
        var processor = ImageProcessor.Open(TinyFolders.Vit);
        foreach (var (row, weights) in StageRow.Many(3).Zip(view.GetColumn<float[]>("Attention")))
        {
            using var batch = processor.Batch([() => ImageFile.Decode(row.Picture, "It")]);
            using var trace = new LayerTrace(keepsAttentions: true);
            network.Backbone.forward(batch, trace);
            Assert.All(weights.Chunk(tokens), query => Assert.Equal(1, query.Sum(), 1e-5f));
            Tensors.Equal([.. weights.Select(value => (double)value)], torch.cat([.. trace.Attentions]), 1e-5);
        }
    }

    [Fact]
    public void RollsOut()
    {
        var data = mlContext.Data.LoadFromEnumerable(StageRow.Many(3));
        var rollout = new AttentionRollout { HeadFusion = HeadFusion.Max, DiscardRatio = 0.5 };
        var whole = mlContext.Transforms.ExtractAttention("Attention", "Picture", TinyFolders.Vit).Fit(data);
        var rolled = mlContext.Transforms.ExtractAttention("Attention", "Picture", TinyFolders.Vit, rollout).Fit(data).Transform(data);
        var tokens = whole.PrefixTokens + (int)whole.Grid.Count;
        Assert.Equal([tokens, tokens], ((VectorDataViewType)rolled.Schema["Attention"].Type).Dimensions.ToArray());
        foreach (var (weights, flow) in whole.Transform(data).GetColumn<float[]>("Attention").Zip(rolled.GetColumn<float[]>("Attention")))
        {
            var expected = new AttentionWeights(weights, whole.Layers, whole.Heads, tokens, tokens).Rollout(rollout).Values.ToArray();
            Assert.All(expected.Zip(flow), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }

    [Fact]
    public void SharesTheWeightsOfAModelAndOutlivesIt()
    {
        using var folder = new TemporaryFolder();
        var data = mlContext.Data.LoadFromEnumerable(StageRow.Many(5));
        var published = mlContext.MulticlassClassification.ClassifyImages(TinyFolders.Vit, "Picture").Fit(data);
        var model = mlContext.Transforms.ExtractAttention("Attention", "Picture", published).Fit(data);
        published.Dispose();
        var expected = VectorColumn.ReadAll(mlContext.Transforms.ExtractAttention("Attention", "Picture", TinyFolders.Vit).Fit(data).Transform(data), "Attention");
        Assert.Equal(expected, VectorColumn.ReadAll(model.Transform(data), "Attention"));
        mlContext.Model.Save(model, data.Schema, folder.File("model.zip"));
        Assert.Equal(expected, VectorColumn.ReadAll(mlContext.Model.Load(folder.File("model.zip"), out _).Transform(data), "Attention"));
        model.Dispose();
        Assert.Contains(nameof(ImageAttentionTransformer), Assert.Throws<ObjectDisposedException>(() => model.Transform(data)).Message);
    }

    [Fact]
    public void DrawsWhatTheModelHasSeen()
    {
        var row = StageRow.Many(1)[0];
        using var model = mlContext.Transforms.ExtractAttention("Attention", "Picture", TinyFolders.Vit).Fit(mlContext.Data.LoadFromEnumerable([row]));
        var map = model.MapOf(ImageFile.Decode(row.Picture, "It"));
        Assert.Equal((model.Layers, model.Heads), (map.Attention.Layers, map.Attention.Heads));
        Assert.Equal(model.Transform(mlContext.Data.LoadFromEnumerable([row])).GetColumn<float[]>("Attention").Single(), map.Attention.Values.ToArray());
        Assert.Contains("class token", map.ToHtml());
    }

    [Fact]
    public void SaysThatWindowsAreNotTheWholeImage()
    {
        using var folder = new TemporaryFolder();
        var config = new SwinConfig { ImageSize = 16, PatchSize = 2, EmbeddingSize = 8, Depths = [1, 1], Heads = [2, 2], WindowSize = 4, LabelNames = ["a", "b"] };
        using (var network = ImageModel.ForClassification(config))
            PretrainedImageFolder.Save(network, folder.Path);
        ImageProcessor.Of(config).Save(folder.Path);
        var data = mlContext.Data.LoadFromEnumerable(StageRow.Many(1));
        Assert.Contains("'swin' look within windows", Assert.Throws<NotSupportedException>(() => { mlContext.Transforms.ExtractAttention("Attention", "Picture", folder.Path).Fit(data); }).Message);
    }
}
