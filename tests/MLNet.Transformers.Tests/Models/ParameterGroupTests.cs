using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests.Models;

/// <summary>Which parameters move, and how far: with a constant slope, Adam moves each by its rate at every step.</summary>
public class ParameterGroupTests
{
    private static readonly TrainingOptions Options = new()
    {
        Epochs = 1,
        Batching = new FixedPadding(1, 1),
        LearningRate = 0.01,
        Schedule = Schedule.Constant,
        WarmUp = 0,
        WeightDecay = 0,
        MaxGradientNorm = null,
    };

    [Fact]
    public void RatesDecayFromTheHeadDown() => Moves(
        Options with { LayerDecay = 0.5 },
        ("head.", 0.01), ("backbone.stack.norm.", 0.005), ("backbone.stack.layers.2.", 0.005), ("backbone.stack.layers.1.", 0.0025),
        ("backbone.stack.layers.0.", 0.00125), ("backbone.embedding.", 0.000625));

    [Fact]
    public void TheHeadMayHaveARateOfItsOwn() => Moves(
        Options with { HeadLearningRate = 0.04, LayerDecay = 0.5 },
        ("head.", 0.04), ("backbone.stack.norm.", 0.005), ("backbone.stack.layers.2.", 0.005), ("backbone.stack.layers.1.", 0.0025),
        ("backbone.stack.layers.0.", 0.00125), ("backbone.embedding.", 0.000625));

    [Fact]
    public void FrozenLayersAndEmbeddingsStay() => Moves(
        Options with { FreezeEmbeddings = true, FrozenLayers = 2 },
        ("head.", 0.01), ("backbone.stack.norm.", 0.01), ("backbone.stack.layers.2.", 0.01), ("backbone.stack.layers.1.", 0),
        ("backbone.stack.layers.0.", 0), ("backbone.embedding.", 0));

    [Fact]
    public void FrozenNamesStay() => Moves(
        Options with { FrozenNames = ["backbone.stack.layers.1", "backbone.embedding.tokens.weight", "backbone.stack.norm"] },
        ("head.", 0.01), ("backbone.stack.norm.", 0), ("backbone.stack.layers.2.", 0.01), ("backbone.stack.layers.1.", 0),
        ("backbone.stack.layers.0.", 0.01), ("backbone.embedding.tokens.", 0), ("backbone.embedding.positions.", 0.01));

    [Fact]
    public void AnEncoderByItselfHasTheSameDepths()
    {
        using var model = TinyClassifier.Create(layers: 3);
        Moves(model.Backbone, Options with { LayerDecay = 0.5 },
            ("stack.norm.", 0.005), ("stack.layers.2.", 0.005), ("stack.layers.1.", 0.0025), ("stack.layers.0.", 0.00125), ("embedding.", 0.000625));
    }

    [Fact]
    public void StagesStandOnEachOther()
    {
        using var model = ImageModel.ForClassification(TinyImageConfigs.All["swin"]);
        Moves(model, Options with { LayerDecay = 0.5, FrozenLayers = 1 },
            ("head.", 0.01), ("backbone.norm.", 0.005), ("backbone.stages.1.layers.1.", 0.005), ("backbone.stages.1.layers.0.", 0.0025),
            ("backbone.stages.0.merging.", 0.00125), ("backbone.stages.0.layers.1.", 0.00125), ("backbone.stages.0.layers.0.", 0),
            ("backbone.projection.", 0.0003125), ("backbone.entryNorm.", 0.0003125));
    }

    [Fact]
    public void TowersStandSideBySide()
    {
        using var model = ClipModel.Create(new ClipConfig
        {
            ProjectionSize = 4,
            Vision = new() { HiddenSize = 4, Heads = 1, InnerSize = 4, Layers = 2, ImageSize = 4, PatchSize = 2 },
            Text = new() { VocabularySize = 5, HiddenSize = 4, Heads = 1, InnerSize = 4, Layers = 1, MaxLength = 4 },
        });
        Moves(model, Options with { LayerDecay = 0.5, FreezeEmbeddings = true },
            ("logitScale", 0.01), ("image.head.", 0.01), ("text.head.", 0.01), ("image.backbone.stack.norm.", 0.005), ("text.backbone.stack.norm.", 0.005),
            ("image.backbone.stack.layers.1.", 0.005), ("image.backbone.stack.layers.0.", 0.0025), ("text.backbone.stack.layers.0.", 0.0025),
            ("image.backbone.", 0), ("text.backbone.", 0));
    }

    [Fact]
    public void LayersThawFromTheTop()
    {
        using var model = TinyClassifier.Create(layers: 3);
        var task = new ConstantSlopeTask(model, 1);
        new TrainingRun<int>(task, Options with { Epochs = 6, GradualUnfreezing = true, FrozenLayers = 1 }).Run([0]);
        task.Met.Add(ConstantSlopeTask.Weights(model));
        string[] order = ["head.", "backbone.stack.layers.2.", "backbone.stack.layers.1.", "backbone.embedding."];
        for (var epoch = 1; epoch <= 6; epoch++)
            foreach (var (name, weights) in task.Met[epoch])
            {
                var depth = Array.FindIndex(order, start => name.StartsWith(start, StringComparison.Ordinal));
                // The last norm goes with the last layer, and the frozen layer never trains.
                depth = name.StartsWith("backbone.stack.norm.", StringComparison.Ordinal) ? 1 : depth;
                Assert.Equal(depth >= 0 && depth < epoch, !weights.SequenceEqual(task.Met[epoch - 1][name]));
            }
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void TheDecayGoesToItsFinalValue()
    {
        using var model = TinyClassifier.Create();
        var task = new ConstantSlopeTask(model, 0);
        var options = Options with { LearningRate = 0.1, WeightDecay = 0.5, FinalWeightDecay = 2 };
        new TrainingRun<int>(task, options).Run([0, 1, 2, 3]);
        // Without a slope there is only the decay.
        var kept = Enumerable.Range(0, 4).Aggregate(1.0, (share, step) => share * (1 - 0.1 * (2 - 1.5 * (1 + Math.Cos(Math.PI * step / 4)) / 2)));
        foreach (var (name, parameter) in model.named_parameters())
            Assert.All(task.Met[0][name].Zip(ConstantSlopeTask.Weights(model)[name]), pair => Assert.Equal(pair.First * (parameter.dim() > 1 ? kept : 1), pair.Second, 1e-5));
    }

    [Fact]
    public void WhatCannotBeFrozenIsNamed()
    {
        using var model = TinyClassifier.Create(layers: 3);
        Assert.Contains("FrozenLayers is 4, but the model has 3 layers", Refused(Options with { FrozenLayers = 4 }), StringComparison.Ordinal);
        Assert.Contains("'backbone.stack.layers.7'", Refused(Options with { FrozenNames = ["backbone.stack.layers.7"] }), StringComparison.Ordinal);
        Assert.Contains("'backbone.enc'", Refused(Options with { FrozenNames = ["backbone.enc"] }), StringComparison.Ordinal);
        Assert.Contains("nothing to train", Refused(Options with { FrozenNames = ["backbone", "head"] }), StringComparison.Ordinal);
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));

        string Refused(TrainingOptions options) =>
            Assert.Throws<ArgumentException>(() => new TrainingRun<int>(new ConstantSlopeTask(model, 1), options).Run([0])).Message;
    }

    private static void Moves(TrainingOptions options, params (string Start, double Rate)[] expected)
    {
        using var model = TinyClassifier.Create(layers: 3);
        Moves(model, options, expected);
    }

    /// <summary>Trains two steps, and compares how far each weight went with the rate of the first name that starts its own.</summary>
    private static void Moves(TorchSharp.torch.nn.Module model, TrainingOptions options, params (string Start, double Rate)[] expected)
    {
        var task = new ConstantSlopeTask(model, 1);
        new TrainingRun<int>(task, options).Run([0, 1]);
        var before = task.Met[0];
        var seen = new HashSet<string>();
        foreach (var (name, after) in ConstantSlopeTask.Weights(model))
        {
            var (start, rate) = expected.First(pair => name.StartsWith(pair.Start, StringComparison.Ordinal));
            seen.Add(start);
            for (var i = 0; i < after.Length; i++)
                Assert.Equal(before[name][i] - 2 * rate, after[i], 1e-6);
        }
        Assert.Equal(expected.Length, seen.Count);
    }
}
