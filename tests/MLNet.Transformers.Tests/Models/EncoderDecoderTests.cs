using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Tests.Models;

/// <summary>What every architecture with an encoder and a decoder must keep to.</summary>
public class EncoderDecoderTests
{
    private static readonly TokenSequence[] Targets = [new([1, 4, 5, 6, 7, 8]), new([1, 9]), new([1, 11, 12, 13])];
    private static readonly TokenSequence[] Sources = [new([5, 6, 2]), new([7, 8, 9, 10, 2]), new([3, 2])];

    public static TheoryData<string> Models => [.. TinyConfigs.EncoderDecoders.Keys];

    public static TheoryData<string> Families => [.. TinyConfigs.EncoderDecoders.Values.Select(config => config.ModelType).Distinct()];

    [Theory]
    [MemberData(nameof(Models))]
    public void OutputsHaveTheirShapes(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Tiny(name);
        Assert.Equal([3L, 6L, 16L], model.Backbone.call(Batch(model)).shape);
        Assert.Equal([3L, 6L, TargetVocabulary(model)], model.call(Batch(model)).shape);
        Assert.Throws<ArgumentException>(() => model.call(TokenBatch.Pad(Targets, model.Config.PaddingId)));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void PaddingAndCompanyChangeNothing(string name)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = Tiny(name);
        var padding = model.Config.PaddingId;
        var together = model.call(TokenBatch.Pad(Targets, padding, length: 8).From(TokenBatch.Pad(Sources, padding, length: 9)));
        var leftSources = model.call(TokenBatch.Pad(Targets, padding).From(TokenBatch.Pad(Sources, padding, side: PaddingSide.Left)));
        foreach (var (row, target) in Targets.Index())
        {
            var alone = Tensors.Values(model.call(TokenBatch.Pad([target], padding).From(TokenBatch.Pad([Sources[row]], padding))));
            Tensors.Equal(alone, together[row].narrow(0, 0, target.Length), 1e-6);
            Tensors.Equal(alone, leftSources[row].narrow(0, 0, target.Length), 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void TheSourceAndWhatCameBeforeCount(string name)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = Tiny(name);
        var padding = model.Config.PaddingId;
        var scores = model.call(Batch(model));
        var other = model.call(TokenBatch.Pad(Targets, padding).From(TokenBatch.Pad([new([5, 7, 2]), .. Sources[1..]], padding)));
        Assert.True((scores[0] - other[0]).abs().min().item<float>() >= 0);
        Assert.True((scores[0] - other[0]).abs().max().item<float>() > 1e-4);
        Tensors.Equal(Tensors.Values(scores[1]), other[1], 1e-6);

        TokenSequence later = new([1, 4, 5, 6, 7, 9]);
        var changed = model.call(TokenBatch.Pad([later, .. Targets[1..]], padding).From(TokenBatch.Pad(Sources, padding)));
        Tensors.Equal(Tensors.Values(scores[0].narrow(0, 0, 5)), changed[0].narrow(0, 0, 5), 1e-6);
        Assert.True((scores[0][5] - changed[0][5]).abs().max().item<float>() > 1e-4);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ACacheChangesNothing(string name)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = Tiny(name);
        using var source = Encode(model);
        var text = Targets[0].Ids;
        var whole = model.call(TokenBatch.Pad([Targets[0], Targets[0], Targets[0]], model.Config.PaddingId).From(TokenBatch.Pad(Sources, model.Config.PaddingId)));
        foreach (var chunks in new[] { new[] { 6 }, [1, 1, 1, 1, 1, 1], [3, 2, 1], [1, 5] })
            foreach (var makeCache in new Func<KeyValueCache>[] { KeyValueCache.Growing, () => KeyValueCache.Static(6) })
            {
                using var cache = makeCache();
                var start = 0;
                foreach (var count in chunks)
                {
                    var ids = tensor(Enumerable.Repeat(text[start..(start + count)].Select(id => (long)id), 3).SelectMany(id => id).ToArray(), [3, count]);
                    var part = model.call(TokenBatch.Continue(ids, cache, source: source));
                    Tensors.Equal(Tensors.Values(whole.narrow(1, start, count)), part, 1e-6);
                    start += count;
                }
                Assert.Equal(6, cache.Length);
            }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void PrefixesOfDifferentLengthsGoOnTogether(string name)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = Tiny(name);
        var padding = model.Config.PaddingId;
        using var source = Encode(model);
        using var cache = KeyValueCache.Growing();
        var prefixes = TokenBatch.Pad(Targets, padding, side: PaddingSide.Left).Into(cache).From(source);
        model.call(prefixes);
        var mask = cat([prefixes.Mask!, ones(3, 1, ScalarType.Bool)], 1);
        var positions = tensor(Targets.Select(target => (long)target.Length).ToArray(), [3, 1]);
        var next = model.call(TokenBatch.Continue(full([3, 1], 15, ScalarType.Int64), cache, mask, positions, source));
        var longer = model.call(TokenBatch.Pad([.. Targets.Select(target => new TokenSequence([.. target.Ids, 15]))], padding).From(TokenBatch.Pad(Sources, padding)));
        foreach (var (row, target) in Targets.Index())
            Tensors.Equal(Tensors.Values(longer[row][target.Length]), next[row][0], 1e-6);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ATraceHasWhatEachSideSaw(string name)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = Tiny(name);
        using var reading = new LayerTrace(keepsAttentions: true);
        using var writing = new LayerTrace(keepsAttentions: true);
        var backbone = (EncoderDecoder)model.Backbone;
        using var source = backbone.Encode(TokenBatch.Pad(Sources, model.Config.PaddingId), reading);
        var hidden = backbone.forward(TokenBatch.Pad(Targets, model.Config.PaddingId).From(source), writing);

        Tensors.Equal(Tensors.Values(model.Backbone.call(Batch(model))), hidden, 1e-5);
        Assert.Equal(model.Config.Layers + 1, reading.States.Count);
        Assert.Empty(reading.SourceAttentions);
        Assert.All(reading.Attentions, weights => Assert.Equal([3L, 2L, 5L, 5L], weights.shape));
        Assert.Equal(writing.States.Count - 1, writing.SourceAttentions.Count);
        Assert.All(writing.Attentions, weights => Assert.Equal([3L, 2L, 6L, 6L], weights.shape));
        Assert.All(writing.SourceAttentions, weights => Assert.Equal([3L, 2L, 6L, 5L], weights.shape));
        Assert.All(writing.SourceAttentions, weights => Tensors.Equal([.. Enumerable.Repeat(1.0, 36)], weights.sum(-1), 1e-5));
        Tensors.Equal(Tensors.Values(source.States), reading.States[^1]);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void AFolderBringsConfigAndWeightsBackAndHasSharedOnesOnce(string name)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var source = Tiny(name);
        PretrainedFolder.Save(source, folder.Path);
        var read = PretrainedFolder.Open(folder.Path);
        using var target = read.LoadWhole(LanguageModelHead.Of);
        Assert.Equal(source.Config.ToJson(), read.Config.ToJson());
        Tensors.EqualWeights(source, target);
        Assert.True(source.Backbone.Embedding.Vectors.Equals(read.LoadTokenVectors()));

        using var file = SafetensorsFile.Open(Path.Combine(folder.Path, "model.safetensors"));
        Assert.Equal(source.parameters().Sum(parameter => parameter.numel()), file.Tensors.Values.Sum(tensor => tensor.Shape.Aggregate(1L, (a, b) => a * b)));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void GradientsReachEverythingAndSharedVectorsFromEverySide(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Tiny(name);
        model.train();
        Loss(model).backward();
        // An expert that no token goes to learns nothing.
        Assert.All(model.named_parameters().Where(pair => !pair.name.Contains(".experts.", StringComparison.Ordinal)), pair =>
        {
            Assert.True(pair.parameter.grad is not null, pair.name);
            Assert.True(pair.parameter.grad!.abs().sum().item<float>() > 0, pair.name);
        });
        Assert.All(
            model.named_parameters().Where(pair => pair.name.Contains(".experts.", StringComparison.Ordinal)).GroupBy(pair => pair.name.Split(".experts.")[0]),
            experts => Assert.Contains(experts, expert => expert.parameter.grad is not null));
        var tables = model.named_parameters().Where(pair => pair.name.EndsWith("tokens.weight", StringComparison.Ordinal)).ToList();
        Assert.Equal(model.Backbone.Embedding.Vectors.Equals(model.Backbone.TargetEmbedding.Vectors) ? 1 : 2, tables.Count);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void SharedVectorsStaySharedWhereverTheModelGoes(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Tiny(name);
        var names = model.named_parameters().Select(pair => pair.name).ToList();
        var expected = Tensors.Values(model.call(Batch(model)));
        model.to(ScalarType.Float64);
        Assert.Equal(names, model.named_parameters().Select(pair => pair.name));
        model.to(ScalarType.Float32);
        Assert.Equal(names, model.named_parameters().Select(pair => pair.name));
        Tensors.Equal(expected, model.call(Batch(model)), 1e-6);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ABatchCanBeOverfitted(string name)
    {
        using var model = Tiny(name);
        model.train();
        var adam = optim.Adam(model.parameters(), 5e-3);
        for (var step = 0; step < 120; step++)
        {
            using var scope = NewDisposeScope();
            adam.zero_grad();
            Loss(model).backward();
            adam.step();
        }
        model.eval();
        using var last = NewDisposeScope();
        Assert.InRange(Loss(model).item<float>(), 0, 0.1);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void EveryPresetHasItsOwnName(string family)
    {
        var architecture = Architectures.Find(family);
        Assert.NotEmpty(architecture.Presets);
        Assert.All(architecture.Presets.Values, preset => Assert.Equal(family, preset.ModelType));
    }

    /// <summary>The mean loss of every next token.</summary>
    private static Tensor Loss(TextModel model)
    {
        var scores = model.call(Batch(model));
        var next = TokenBatch.Pad([.. Targets.Select(target => new TokenSequence([.. target.Ids[1..], 2]))], -100).Ids;
        return functional.cross_entropy(scores.flatten(0, 1), next.flatten(), ignore_index: -100);
    }

    private static TokenBatch Batch(TextModel model) =>
        TokenBatch.Pad(Targets, model.Config.PaddingId).From(TokenBatch.Pad(Sources, model.Config.PaddingId));

    private static EncodedSource Encode(TextModel model) => ((EncoderDecoder)model.Backbone).Encode(TokenBatch.Pad(Sources, model.Config.PaddingId));

    private static long TargetVocabulary(TextModel model) => model.Backbone.TargetEmbedding.Vectors.size(0);

    private static TextModel Tiny(string name)
    {
        manual_seed(1);
        var model = TextModel.Create(TinyConfigs.EncoderDecoders[name], LanguageModelHead.Of);
        model.eval();
        return model;
    }
}
