using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Tests.Models;

/// <summary>What every architecture of the registry must keep to.</summary>
public class ArchitectureTests
{
    private static readonly TokenSequence[] Sequences =
        [new([3, 4, 5, 6, 7]), new([8, 9]), new([10, 11, 12, 13]), new([5, 5, 5])];

    public static TheoryData<string> Families => [.. TinyConfigs.StackFamilies];

    public static TheoryData<string> Models => [.. TinyConfigs.Stacks.Keys];

    [Theory]
    [MemberData(nameof(Models))]
    public void OutputsHaveTheirShapes(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Tiny(name);
        using var batch = TokenBatch.Pad(Sequences, model.Config.PaddingId);
        Assert.Equal([4L, 5L, model.Config.OutputSize], model.Backbone.call(batch).shape);
        Assert.Equal([4L, 3L], model.call(batch).shape);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void PaddingAndCompanyChangeNothing(string name)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = Tiny(name);
        model.eval();
        using var batch = TokenBatch.Pad(Sequences, model.Config.PaddingId, length: 9);
        var together = model.call(batch);
        foreach (var (row, sequence) in Sequences.Index())
        {
            using var alone = TokenBatch.Pad([sequence], model.Config.PaddingId);
            Tensors.Equal(Tensors.Values(model.call(alone)), together[row], 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void OneTokenIsEnough(string name)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = Tiny(name);
        model.eval();
        using var alone = TokenBatch.Pad([new([7])], model.Config.PaddingId);
        using var padded = TokenBatch.Pad([new([7])], model.Config.PaddingId, length: 4);
        Tensors.Equal(Tensors.Values(model.call(alone)), model.call(padded), 1e-6);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void WeightsSurviveTheirPublishedForm(string name)
    {
        using var scope = NewDisposeScope();
        using var source = Tiny(name);
        using var target = Tiny(name, seed: 2);
        using var stream = new MemoryStream();
        source.SaveWeights(stream);
        stream.Position = 0;
        target.LoadWeights(stream, "memory");
        Tensors.EqualWeights(source, target);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void AFolderBringsConfigAndWeightsBack(string name)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var source = Tiny(name);
        PretrainedFolder.Save(source, folder.Path);
        var read = PretrainedFolder.Open(folder.Path);
        using var target = read.LoadClassifier();
        Assert.Equal(source.Config.ToJson(), read.Config.ToJson());
        Assert.Equal(["a", "b", "c"], read.Config.LabelNames);
        Tensors.EqualWeights(source, target);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void GradientsReachEveryParameter(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Tiny(name);
        // Even a chance of one in ten that a value is dropped leaves some gradient everywhere. XLNet's segments need two of them.
        var sequences = model.Config is XlnetConfig ? Sequences.Select(sequence => sequence with { TypeIds = [1, .. new int[sequence.Length - 1]] }) : Sequences;
        using var batch = TokenBatch.Pad([.. sequences], model.Config.PaddingId);
        functional.cross_entropy(model.call(batch), tensor([0L, 1L, 2L, 0L])).backward();
        Assert.All(model.named_parameters(), pair =>
        {
            Assert.True(pair.parameter.grad is not null, pair.name);
            Assert.True(pair.parameter.grad!.abs().sum().item<float>() > 0, pair.name);
        });
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ABatchCanBeOverfitted(string name)
    {
        using var model = Tiny(name);
        var examples = Sequences.Select((sequence, i) => new LabeledSequence(sequence, i % 3)).ToList();
        var run = new TrainingRun<LabeledSequence>(new SequenceClassificationTask(model), new TrainingOptions
        {
            Epochs = 60,
            LearningRate = 5e-3,
            Schedule = Schedule.Constant,
        });
        run.Run(examples);
        var score = run.Validate(examples);
        Assert.Equal(1, score.Metric);
        Assert.InRange(score.Loss, 0, 0.1);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void EveryHeadSurvivesItsPublishedForm(string name)
    {
        var heads = PublishedHeads.All.Values.Where(create => IsPublished(name, create)).ToList();
        Assert.InRange(heads.Count, 3, PublishedHeads.All.Count);
        foreach (var create in heads)
        {
            using var scope = NewDisposeScope();
            using var folder = new TemporaryFolder();
            using var source = Tiny(name, create);
            PretrainedFolder.Save(source, folder.Path);
            var read = PretrainedFolder.Open(folder.Path);

            var same = read.Load(create);
            Assert.Empty(same.FreshWeights);
            Tensors.EqualWeights(source, same.Model);

            // Another head on the same encoder: the old one is left aside.
            using var other = read.LoadClassifier(["one", "two"]);
            Tensors.EqualWeights(source.Backbone, other.Backbone);
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void EveryPresetHasItsOwnName(string family)
    {
        var architecture = Architectures.Find(family);
        Assert.NotEmpty(architecture.Presets);
        Assert.All(architecture.Presets.Values, preset => Assert.Equal(family, preset.ModelType));
    }

    [Fact]
    public void AnUnknownFamilyIsNamed()
    {
        Assert.Contains("'gpt-99'", Assert.Throws<NotSupportedException>(() => Architectures.Find("gpt-99")).Message, StringComparison.Ordinal);
        Assert.Contains("'gpt-99'", Assert.Throws<NotSupportedException>(() => TextConfig.FromJson("""{"model_type":"gpt-99"}""")).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => TextConfig.FromJson("""{"hidden_size":3}"""));
        Assert.Throws<InvalidDataException>(() => TextConfig.FromJson("[]"));
        Assert.Throws<InvalidDataException>(() => TextConfig.FromJson("{"));
        Assert.Throws<InvalidDataException>(() => TextConfig.FromJson("""{"model_type":"bert","hidden_size":"wide"}"""));
    }

    [Fact]
    public void UnusedConfigKeysSurvive()
    {
        var config = TextConfig.FromJson("""{"model_type":"bert","hidden_size":48,"transformers_version":"4.1","id2label":{"1":"b","0":"a"}}""");
        Assert.Equal(48, config.HiddenSize);
        Assert.Equal(["a", "b"], config.LabelNames);
        Assert.Contains("\"transformers_version\": \"4.1\"", config.ToJson(), StringComparison.Ordinal);
        Assert.Contains("\"id2label\"", config.ToJson(), StringComparison.Ordinal);
    }

    private static TextModel Tiny(string name, long seed = 1)
    {
        manual_seed(seed);
        return TextModel.ForClassification(TinyConfigs.Stacks[name]);
    }

    private static bool IsPublished(string name, Func<TextConfig, TextBackbone, Head> createHead)
    {
        try
        {
            using var model = Tiny(name, createHead);
            var names = Architectures.Find(model.Config.ModelType).Names;
            return model.Head.named_parameters().All(pair => names.Publishes($"{model.Head.GetType().Name}.{pair.name}"));
        }
        catch (NotSupportedException)
        {
            return false; // The family says itself that it has no such head.
        }
    }

    private static TextModel Tiny(string name, Func<TextConfig, TextBackbone, Head> createHead)
    {
        manual_seed(3);
        return TextModel.Create(TinyConfigs.Stacks[name], createHead);
    }
}
