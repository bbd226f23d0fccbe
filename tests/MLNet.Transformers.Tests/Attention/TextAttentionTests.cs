using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Models;
using MLNet.Transformers.Tests.Models;
using TorchSharp;

namespace MLNet.Transformers.Tests;

public sealed class TextAttentionTests
{
    private readonly MLContext mlContext = new(seed: 1);

    /// <summary>Encoders, decoders and both, with attention of every kind; that each family tells its weights is LayerTraceTests' affair.</summary>
    public static TheoryData<string> Families => ["bert", "deberta-v2", "modernbert", "xlnet", "gpt2", "llama, two groups of wide heads", "bloom", "t5", "marian, vocabularies apart"];

    /// <summary>Each row has its own length, whatever it stood beside, and each query spends all that it has.</summary>
    [Theory, MemberData(nameof(Families))]
    public void GivesAFamilysAttentionWithoutPadding(string family)
    {
        using var folder = new TemporaryFolder();
        var config = TinyConfigs.All[family] with { VocabularySize = TinyFolders.Tokenizer.Vocabulary.IdLimit, MaxLength = 24, PaddingId = 0 };
        Write(folder.Path, config);
        var rows = StageRow.Many(4);
        var model = mlContext.Transforms.Text.ExtractAttention("Attention", "Text", folder.Path).Fit(Rows());
        var batch = model.Transform(mlContext.Data.LoadFromEnumerable(rows));
        Assert.Equal([config.Layers, config.Heads, 0, 0], SizesOf(batch));
        foreach (var (row, (weights, tokens)) in rows.Zip(Read(batch)))
        {
            Assert.Equal(config.Layers * config.Heads * tokens.Length * tokens.Length, weights.Length);
            Assert.All(weights.Chunk(tokens.Length), query => Assert.Equal(1, query.Sum(), 1e-5f));
            var (alone, sameTokens) = Read(model.Transform(Rows(row.Text))).Single();
            Assert.Equal(tokens, sameTokens);
            Assert.All(weights.Zip(alone), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }

    [Fact]
    public void GivesTheWeightsOfTheModelCalledByItself()
    {
        var (weights, tokens) = Read(mlContext.Transforms.Text.ExtractAttention("Attention", "Text", TinyFolders.Bert).Fit(Rows()).Transform(Rows("apple saw", "pear"))).First();
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        using var network = PretrainedFolder.Open(TinyFolders.Bert).LoadClassifier();
        network.eval();
        var encoded = TinyFolders.Tokenizer.Encode("apple saw");
        using var batch = TokenBatch.Pad([new TokenSequence([.. encoded.Ids])], 0);
        using var trace = new LayerTrace(keepsAttentions: true);
        network.Backbone.forward(batch, trace);
        Assert.Equal(encoded.Tokens, tokens);
        Assert.Equal("[CLS]", tokens[0]);
        Tensors.Equal([.. weights.Select(value => (double)value)], torch.cat([.. trace.Attentions]), 1e-6);
    }

    [Fact]
    public void RollsOutRowByRow()
    {
        var rollout = new AttentionRollout { DiscardRatio = 0.5 };
        var data = mlContext.Data.LoadFromEnumerable(StageRow.Many(5));
        var flows = Read(mlContext.Transforms.Text.ExtractAttention("Attention", "Text", TinyFolders.Bert, rollout: rollout).Fit(data).Transform(data));
        var whole = Read(mlContext.Transforms.Text.ExtractAttention("Attention", "Text", TinyFolders.Bert).Fit(data).Transform(data));
        foreach (var ((flow, _), (weights, tokens)) in flows.Zip(whole))
        {
            var expected = new AttentionWeights(weights, 2, 2, tokens.Length, tokens.Length).Rollout(rollout).Values.ToArray();
            Assert.Equal(expected.Length, flow.Length);
            Assert.All(expected.Zip(flow), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }

    [Fact]
    public void SharesTheWeightsOfATrainedModelAndOutlivesIt()
    {
        var data = mlContext.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(Rows()).Transform(Rows());
        var trained = mlContext.MulticlassClassification.Trainers.TransformerTextClassification(
            new TextClassificationOptions { Model = StageCase.TinyModel, VocabularySize = 100, Epochs = 1 }).Fit(data);
        using var folder = new TemporaryFolder();
        trained.SavePretrained(folder.Path);
        var estimator = mlContext.Transforms.Text.ExtractAttention("Attention", "Text", trained);
        var model = estimator.Fit(data);
        trained.Dispose();
        var expected = VectorColumn.ReadAll(mlContext.Transforms.Text.ExtractAttention("Attention", "Text", folder.Path).Fit(data).Transform(data), "Attention");
        Assert.Equal(expected, VectorColumn.ReadAll(model.Transform(data), "Attention"));
        mlContext.Model.Save(model, data.Schema, folder.File("model.zip"));
        Assert.Equal(expected, VectorColumn.ReadAll(mlContext.Model.Load(folder.File("model.zip"), out _).Transform(data), "Attention"));
        model.Dispose();
        Assert.Contains(nameof(TextAttentionTransformer), Assert.Throws<ObjectDisposedException>(() => model.Transform(data)).Message);
        Assert.Contains(nameof(FineTunedTransformer), Assert.Throws<ObjectDisposedException>(() => { estimator.Fit(data); }).Message);
    }

    [Theory]
    [InlineData(AttentionSide.Target)]
    [InlineData(AttentionSide.TargetToSource)]
    public void GivesTheDecodersAttention(AttentionSide side)
    {
        using var folder = new TemporaryFolder();
        var config = (BartConfig)TinyConfigs.All["bart"] with
        {
            VocabularySize = TinyFolders.Tokenizer.Vocabulary.IdLimit, MaxLength = 24, DecoderLayers = 3, DecoderHeads = 4, DecoderStartId = 2,
        };
        Write(folder.Path, config);
        var options = new TextAttentionOptions { PretrainedFolder = folder.Path, Side = side, TargetColumnName = "Pair" };
        var data = mlContext.Data.LoadFromEnumerable(StageRow.Many(4));
        var model = mlContext.Transforms.Text.ExtractAttention(options).Fit(data);
        var view = model.Transform(data);
        Assert.Equal([3, 4, 0, 0], SizesOf(view));
        var names = Texts(view, "Tokens").ToArray();
        var lengths = StageRow.Many(4).Select(row => (Source: TinyFolders.Tokenizer.Encode(row.Text), Target: TinyFolders.Tokenizer.Encode(row.Pair))).ToArray();
        foreach (var (index, (source, target)) in lengths.Index())
        {
            var weights = view.GetColumn<float[]>("Attention").ElementAt(index);
            var keys = side == AttentionSide.Target ? target.Length : source.Length;
            Assert.Equal(keys, names[index].Length);
            Assert.Equal(12 * target.Length * keys, weights.Length);
            Assert.All(weights.Chunk(keys), query => Assert.Equal(1, query.Sum(), 1e-5f));
            // A decoder sees nothing of what comes later.
            if (side == AttentionSide.Target)
                Assert.Equal([1, .. new float[keys - 1]], weights[..keys]);
        }
        if (side == AttentionSide.TargetToSource)
            Assert.Equal(["[CLS]", .. lengths[0].Target.Tokens.SkipLast(1)], Texts(view, "TargetTokens").First());
        mlContext.Model.Save(model, data.Schema, folder.File("model.zip"));
        Assert.Equal(VectorColumn.ReadAll(view, "Attention"), VectorColumn.ReadAll(mlContext.Model.Load(folder.File("model.zip"), out _).Transform(data), "Attention"));
        Assert.Contains("queries", model.MapOf("apple", target: "pear saw").ToHtml());
    }

    [Fact]
    public void RefusesWhatCannotBe()
    {
        string Complaint(TextAttentionOptions options) => Assert.ThrowsAny<Exception>(() => { mlContext.Transforms.Text.ExtractAttention(options).Fit(Rows()); }).Message;
        Assert.Contains(nameof(TextAttentionOptions.PretrainedFolder), Complaint(new TextAttentionOptions()));
        var bert = new TextAttentionOptions { PretrainedFolder = TinyFolders.Bert };
        Assert.Contains(nameof(TextAttentionOptions.TargetColumnName), Complaint(bert with { Side = AttentionSide.Target }));
        Assert.Contains(nameof(TextAttentionOptions.TargetColumnName), Complaint(bert with { TargetColumnName = "Pair" }));
        Assert.Contains("'bert'", Complaint(bert with { Side = AttentionSide.Target, TargetColumnName = "Pair" }));
        Assert.Contains(nameof(TextAttentionOptions.Rollout), Complaint(bert with { Side = AttentionSide.TargetToSource, TargetColumnName = "Pair", Rollout = new AttentionRollout() }));
        Assert.Contains("nowhere", Complaint(bert with { PretrainedFolder = "nowhere" }));
        using var model = mlContext.Transforms.Text.ExtractAttention(bert).Fit(Rows());
        Assert.Equal("pair", Assert.Throws<ArgumentException>(() => model.MapOf("apple", "pear")).ParamName);
    }

    /// <summary>A folder with a model that has no head.</summary>
    private static void Write(string path, TextConfig config)
    {
        torch.manual_seed(1);
        using var network = TextModel.Create(config, TextAttentionTransformer.CreateHead);
        PretrainedFolder.Save(network, path);
        TinyFolders.Tokenizer.SavePretrained(path);
    }

    private static int[] SizesOf(IDataView view) => [.. ((VectorDataViewType)view.Schema["Attention"].Type).Dimensions];

    private IDataView Rows(params string[] texts) => mlContext.Data.LoadFromEnumerable(
        texts.Length == 0 ? StageRow.Many() : texts.Select(text => new StageRow { Text = text }));

    private static (float[] Weights, string[] Tokens)[] Read(IDataView view) =>
        [.. view.GetColumn<float[]>("Attention").Zip(Texts(view, "Tokens"))];

    private static IEnumerable<string[]> Texts(IDataView view, string column) => view.GetColumn<string[]>(column);
}
