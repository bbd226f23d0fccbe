using System.Text.Json;
using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

/// <summary>Configs as they are published, and what a family refuses to make of one.</summary>
public class FamilyConfigTests
{
    public static TheoryData<string> Published =>
        [.. Directory.GetFiles(Golden.Folder("configs"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order()];

    [Theory]
    [MemberData(nameof(Published))]
    public void APresetIsWhatThePublishedConfigSays(string preset)
    {
        var read = TextConfig.FromJson(File.ReadAllText(Path.Combine(Golden.Folder("configs"), $"{preset}.json")));
        var expected = Architectures.Find(read.ModelType).TextPresetsOf()[preset];
        // Token ids come with a vocabulary, which a preset of an encoder has not.
        Assert.Equal(expected with { PublishedClasses = read.PublishedClasses, OtherKeys = read.OtherKeys, BosId = read.BosId, EosIds = read.EosIds }, read);
        var again = TextConfig.FromJson(read.ToJson());
        Assert.Equal(read.ToJson(), again.ToJson());
        Assert.Equal(read.OtherKeys?.Keys, again.OtherKeys?.Keys);
    }

    /// <summary>Published keys are written in small letters; another is a property of ours that has no published name.</summary>
    [Fact]
    public void OnlyPublishedKeysAreWritten() => Assert.All(Architectures.Of<TextConfig>().SelectMany(family => family.TextPresetsOf().Values), config =>
    {
        using var json = JsonDocument.Parse(config.ToJson());
        Assert.All(json.RootElement.EnumerateObject(), key => Assert.Equal(key.Name, key.Name.ToLowerInvariant()));
    });

    [Fact]
    public void RobertaTakesAsManyTokensAsItHasPositionsAfterPadding()
    {
        var config = (RobertaConfig)TextConfig.FromJson("""{"model_type":"roberta","max_position_embeddings":514,"pad_token_id":1}""");
        Assert.Equal(512, config.MaxLength);
        Assert.Equal(66, (config with { MaxLength = 64 }).Positions);
    }

    [Fact]
    public void AlbertsLayersDivideIntoItsGroups()
    {
        var config = TinyConfigs.Encoders["albert, two groups of two"] with { Layers = 5 };
        Assert.Contains("num_hidden_groups", Assert.Throws<ArgumentException>(() => Albert.Architecture.Build<TextBackbone>(config)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ModernBertReadsLayersAndAnglesFromEitherSpelling()
    {
        var older = (ModernBertConfig)TextConfig.FromJson("""{"model_type":"modernbert","global_rope_theta":7.0,"local_rope_theta":null}""");
        Assert.Equal([false, true, true, false], Enumerable.Range(0, 4).Select(older.IsLocal));
        Assert.Equal((7, 7), (older.Theta(isLocal: false), older.Theta(isLocal: true)));
        var newer = (ModernBertConfig)TextConfig.FromJson(
            """
            {"model_type":"modernbert","layer_types":["sliding_attention","full_attention","other"],
             "rope_parameters":{"full_attention":{"rope_theta":9.0,"rope_type":"default"},"sliding_attention":{"rope_theta":8.0,"rope_type":"yarn"}}}
            """);
        Assert.Equal([true, false], Enumerable.Range(0, 2).Select(newer.IsLocal));
        Assert.Equal(9, newer.Theta(isLocal: false));
        Assert.Contains("'other'", Assert.Throws<NotSupportedException>(() => newer.IsLocal(2)).Message, StringComparison.Ordinal);
        Assert.Contains("'yarn'", Assert.Throws<NotSupportedException>(() => newer.Theta(isLocal: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ABatchLongerThanTheModelIsRefused()
    {
        using var scope = NewDisposeScope();
        // DeBERTa and XLNet know distances alone and end nowhere.
        var limited = TinyConfigs.Encoders.Where(pair => pair.Value is BertConfig or RobertaConfig or DistilBertConfig or AlbertConfig or ElectraConfig or ModernBertConfig);
        Assert.All(limited, pair =>
        {
            using var encoder = Architectures.Find(pair.Value.ModelType).Build<TextBackbone>(pair.Value);
            using var batch = TokenBatch.Pad([new TokenSequence([.. Enumerable.Repeat(5, 11)])], pair.Value.PaddingId);
            Assert.Contains("11 tokens", Assert.Throws<ArgumentException>(() => encoder.call(batch)).Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void AClassifierDropsItsInputInTrainingAlone()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var head = new SequenceClassification(8, 3, new ClassifierStyle(Pooling.Cls, "tanh", 0, InputDropout: 1));
        var (one, other) = (randn(1, 2, 8), randn(1, 2, 8));
        using var batch = TokenBatch.Pad([new TokenSequence([1, 2])], 0);
        head.train();
        Assert.True(head.call(one, batch).allclose(head.call(other, batch)));
        head.eval();
        Assert.False(head.call(one, batch).allclose(head.call(other, batch)));
    }
}
