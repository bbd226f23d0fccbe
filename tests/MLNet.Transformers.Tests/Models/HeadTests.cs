using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

/// <summary>Every head on every family of the registry.</summary>
public sealed class HeadTests
{
    private static readonly TokenSequence[] Sequences = [new([3, 4, 5, 6, 7]), new([8, 9]), new([10, 11, 12, 13])];

    public static TheoryData<string, string> Models
    {
        get
        {
            var models = new TheoryData<string, string>();
            foreach (var (model, head) in TinyConfigs.Stacks.SelectMany(model => PublishedHeads.Of(model.Value).Select(head => (model.Key, head))))
                models.Add(model, head);
            return models;
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void PaddingAndCompanyChangeNothing(string name, string head)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = Tiny(name, head);
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
        using var model = Tiny(family, head);
        Assert.Equal(published is null ? null : [published], model.Config.PublishedClasses);
        Assert.Equal(published is not null, model.Config.ToJson().Contains($"\"{published ?? "architectures"}\"", StringComparison.Ordinal));
    }

    /// <summary>But for ours, and for CLIP's texts, which nobody has published a classifier of.</summary>
    [Fact]
    public void EveryPublishedFamilyHasClassNames() => Assert.All(
        TinyConfigs.StackFamilies.Except([MLNet.Transformers.Models.TransformerEncoder.Architecture.ModelType, Clip.TextArchitecture.ModelType]),
        family =>
        {
            using var model = Tiny(family, nameof(TokenClassification));
            Assert.EndsWith("ForTokenClassification", Assert.Single(model.Config.PublishedClasses!), StringComparison.Ordinal);
        });

    private static TextModel Tiny(string name, string head)
    {
        manual_seed(1);
        return TextModel.Create(TinyConfigs.Stacks[name], PublishedHeads.All[head]);
    }
}
