using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

/// <summary>Every head on every family of the registry.</summary>
public sealed class HeadTests
{
    private static readonly Dictionary<string, Func<ModelConfig, TextEncoder, Head>> Heads = new()
    {
        [nameof(SequenceClassification)] = SequenceClassification.Of,
        [nameof(TokenClassification)] = TokenClassification.Of,
        [nameof(SpanExtraction)] = SpanExtraction.Of,
        [nameof(MultipleChoice)] = MultipleChoice.Of,
        [nameof(MaskedLanguageModel)] = (config, backbone) => new MaskedLanguageModel(config.HiddenSize, backbone.Embedding, config.MaskedLanguageModel),
    };

    private static readonly TokenSequence[] Sequences = [new([3, 4, 5, 6, 7]), new([8, 9]), new([10, 11, 12, 13])];

    public static TheoryData<string, string> Models
    {
        get
        {
            var models = new TheoryData<string, string>();
            foreach (var (model, head) in TinyConfigs.All.SelectMany(model => Heads.Keys.Select(head => (model, head))))
                if (model.Value is not XlnetConfig || head != nameof(MaskedLanguageModel)) // It learns from permutations, not from masked tokens.
                    models.Add(model.Key, head);
            return models;
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void WeightsSurviveTheirPublishedForm(string name, string head)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var source = Tiny(name, head, seed: 1);
        PretrainedFolder.Save(source, folder.Path);
        manual_seed(2);
        var (target, fresh) = PretrainedFolder.Open(folder.Path).Load(Heads[head]);
        Assert.Empty(fresh);
        var expected = source.state_dict();
        Assert.All(target.state_dict(), pair => Assert.True(pair.Value.Equals(expected[pair.Key]), pair.Key));
        target.Dispose();
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void PaddingAndCompanyChangeNothing(string name, string head)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = Tiny(name, head, seed: 1);
        model.eval();
        using var batch = TokenBatch.Pad(Sequences, model.Config.PaddingId, length: 8);
        var together = model.call(batch);
        foreach (var (row, sequence) in Sequences.Index())
        {
            using var alone = TokenBatch.Pad([sequence], model.Config.PaddingId);
            var expected = Tensors.Values(model.call(alone));
            Tensors.Equal(expected, together[row].flatten().narrow(0, 0, expected.Length), 1e-5);
        }
    }

    /// <summary>Under the names by which the published library chooses a class.</summary>
    [Theory]
    [InlineData("bert", nameof(SequenceClassification), "BertForSequenceClassification")]
    [InlineData("bert", nameof(TokenClassification), "BertForTokenClassification")]
    [InlineData("roberta", nameof(SpanExtraction), "RobertaForQuestionAnswering")]
    [InlineData("distilbert", nameof(MultipleChoice), "DistilBertForMultipleChoice")]
    [InlineData("albert", nameof(MaskedLanguageModel), "AlbertForMaskedLM")]
    [InlineData("transformer-encoder", nameof(TokenClassification), null)]
    public void AFolderSaysWhichClassItIsFor(string family, string head, string? published)
    {
        using var model = Tiny(family, head, seed: 1);
        Assert.Equal(published is null ? null : [published], model.Config.PublishedClasses);
        Assert.Equal(published is not null, model.Config.ToJson().Contains($"\"{published ?? "architectures"}\"", StringComparison.Ordinal));
    }

    private static TextModel Tiny(string name, string head, long seed)
    {
        manual_seed(seed);
        return TextModel.Create(TinyConfigs.All[name], Heads[head]);
    }
}
