using MLNet.Transformers.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Tests.Models;

/// <summary>A BERT under its published names against one that was written from the paper in PyTorch: see Goldens/goldens.py.</summary>
public class BertTests
{
    [Fact]
    public void HiddenStatesAndScoresAreThoseOfPyTorch()
    {
        var golden = Golden.Json("bert-tiny", "outputs.json");
        var sequences = Sequences(golden);
        using var model = PretrainedFolder.Open(Golden.Folder("bert-tiny")).LoadClassifier();
        model.eval();
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        using var batch = TokenBatch.Pad(sequences, model.Config.PaddingId);

        var hidden = model.Backbone.call(batch);
        var scores = model.call(batch);

        foreach (var (row, expected) in golden.GetProperty("hidden").EnumerateArray().Index())
            Tensors.Equal(Golden.Numbers(expected), hidden[row].narrow(0, 0, sequences[row].Length));
        Tensors.Equal(Golden.Numbers(golden.GetProperty("scores")), scores);
    }

    [Fact]
    public void GradientsAreThoseOfPyTorch()
    {
        var golden = Golden.Json("bert-tiny", "outputs.json");
        using var scope = NewDisposeScope();
        using var model = PretrainedFolder.Open(Golden.Folder("bert-tiny")).LoadClassifier();
        model.eval();
        using var batch = TokenBatch.Pad(Sequences(golden), model.Config.PaddingId);
        var labels = tensor([.. golden.GetProperty("labels").EnumerateArray().Select(label => label.GetInt64())]);

        functional.cross_entropy(model.call(batch), labels).backward();

        foreach (var (name, parameter) in model.named_parameters())
        {
            var published = Bert.Architecture.Names.Publish(name).Names;
            var expected = published.SelectMany(part => Golden.Numbers(golden.GetProperty("gradients").GetProperty(part)));
            Tensors.Equal([.. expected], parameter.grad!);
        }
    }

    [Fact]
    public void OtherLabelsGetANewHeadOnThePublishedEncoder()
    {
        var folder = PretrainedFolder.Open(Golden.Folder("bert-tiny"));
        using var published = folder.LoadClassifier();
        using var tuned = folder.LoadClassifier(["one", "two"]);
        var (expected, actual) = (published.state_dict(), tuned.state_dict());
        Assert.Equal([2L, 12L], actual["head.output.weight"].shape);
        Assert.All(actual.Where(pair => !pair.Key.StartsWith("head.output", StringComparison.Ordinal)), pair => Assert.True(pair.Value.Equals(expected[pair.Key]), pair.Key));
    }

    [Fact]
    public void AHeadThatIsNotPublishedIsFreshAndSaidToBe()
    {
        var folder = PretrainedFolder.Open(Golden.Folder("bert-tiny"));
        var published = folder.Load(SequenceClassification.Of);
        var spans = folder.Load(SpanExtraction.Of);
        var other = folder.Load(SequenceClassification.Of, folder.Config with { LabelNames = ["one"] });
        Assert.Empty(published.FreshWeights);
        Assert.Equal(["qa_outputs.weight", "qa_outputs.bias"], spans.FreshWeights);
        Assert.Equal(["classifier.weight", "classifier.bias"], other.FreshWeights);
        Tensors.EqualWeights(published.Model.Backbone, spans.Model.Backbone);
        foreach (var model in new[] { published, spans, other })
            model.Model.Dispose();
    }

    [Fact]
    public void TheEncoderLoadsByItself()
    {
        using var encoder = PretrainedFolder.Open(Golden.Folder("bert-tiny")).LoadBackbone();
        using var model = PretrainedFolder.Open(Golden.Folder("bert-tiny")).LoadClassifier();
        Tensors.EqualWeights(model.Backbone, encoder);
    }

    private static List<TokenSequence> Sequences(System.Text.Json.JsonElement golden) =>
        [.. Golden.Rows(golden.GetProperty("ids")).Zip(Golden.Rows(golden.GetProperty("types")), (ids, types) => new TokenSequence(ids, types))];
}
