using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests;

public sealed class TokenizingTests
{
    private readonly MLContext mlContext = new(seed: 1);

    [Fact]
    public void IdsGoToTextAndBackThroughASavedModel()
    {
        using var folder = new TemporaryFolder();
        var (rows, tokenizer, path) = (StageRow.Many(), folder.File("tokenizer.json"), folder.File("model.zip"));
        new WordPieceTrainer { VocabularySize = 100 }.Train(rows.Select(row => row.Text)).Save(tokenizer);
        var data = mlContext.Data.LoadFromEnumerable(rows);
        var model = mlContext.Transforms.Text.TokenizeForTransformer("Ids", "Text", tokenizer)
            .Append(mlContext.Transforms.Text.DecodeTokens("Again", "Ids", tokenizer))
            .Fit(data);
        mlContext.Model.Save(model, data.Schema, path);
        Assert.Equal(rows.Select(row => row.Text), mlContext.Model.Load(path, out _).Transform(data).GetColumn<string>("Again"));
    }

    [Fact]
    public void WhatAFolderSaysBesideTheTokenizerIsSavedToo()
    {
        using var folder = new TemporaryFolder();
        var (rows, files, path) = (StageRow.Many(), folder.File("tokenizer"), folder.File("model.zip"));
        var trained = new WordPieceTrainer { VocabularySize = 100 }.Train(rows.Select(row => row.Text));
        var settings = new TokenizerSettings { CleansUpSpaces = true, MaxLength = 64, ChatTemplate = "{{ messages }}", ClassName = "BertTokenizer" };
        trained.With(settings).With(trained.SpecialTokens with { EndOfSentence = "[SEP]" }).SavePretrained(files);
        var data = mlContext.Data.LoadFromEnumerable(rows);
        mlContext.Model.Save(mlContext.Transforms.Text.TokenizeForTransformer("Ids", "Text", files).Fit(data), data.Schema, path);
        var loaded = ((TransformerTokenizingTransformer)mlContext.Model.Load(path, out _)).Tokenizer;
        Assert.Equal(settings, loaded.Settings);
        Assert.Equal("[SEP]", loaded.SpecialTokens.EndOfSentence);
    }

    [Fact]
    public void CutsAndFillsToOneLength()
    {
        var data = mlContext.Data.LoadFromEnumerable(StageRow.Many());
        var view = mlContext.Transforms.Text.TokenizeForTransformer(
            new TokenizingOptions { Trainer = new WordPieceTrainer { VocabularySize = 100 }, MaxLength = 8, PadToMaxLength = true }).Fit(data).Transform(data);
        Assert.Equal(8, ((VectorDataViewType)view.Schema["TokenIds"].Type).Size);
        var masks = view.GetColumn<long[]>("AttentionMask").ToArray();
        Assert.All(masks, mask => Assert.Equal(8, mask.Length));
        Assert.Contains(masks, mask => mask.Sum() < 8);
        Assert.All(masks.Zip(view.GetColumn<long[]>("TokenIds")), pair => Assert.Equal(pair.First.Count(bit => bit == 0), pair.Second.Count(id => id == 0)));
    }

    [Fact]
    public void NamesTheFileThatIsMissing()
    {
        var estimator = mlContext.Transforms.Text.TokenizeForTransformer("Ids", "Text", "nowhere/tokenizer.json");
        Assert.Contains("nowhere", Assert.ThrowsAny<IOException>(() => { estimator.Fit(mlContext.Data.LoadFromEnumerable(StageRow.Many())); }).Message);
    }

    [Fact]
    public void RefusesContradictions()
    {
        Assert.Contains(nameof(TokenizingOptions.TokenizerPath), Assert.Throws<ArgumentException>(() => { mlContext.Transforms.Text.TokenizeForTransformer(new TokenizingOptions()); }).Message);
        Assert.Contains(nameof(TokenizingOptions.MaxLength), Assert.Throws<ArgumentException>(() =>
        {
            mlContext.Transforms.Text.TokenizeForTransformer(new TokenizingOptions { TokenizerPath = "x", PadToMaxLength = true });
        }).Message);
    }
}
