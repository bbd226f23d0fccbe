using System.Text.Json;
using MLNet.Transformers.Models;
using MLNet.Transformers.Tool.Projects.Code;

namespace MLNet.Transformers.Tests.Tool.Projects;

/// <summary>Options as C#: what is written, and what is not. That it compiles and makes the same is in <see cref="GeneratedProjectTests"/>.</summary>
public sealed class ObjectCodeTests
{
    /// <summary>Options with values of every kind, each unlike the default.</summary>
    internal static IReadOnlyList<FineTuningOptions> Hard { get; } =
    [
        new TextClassificationOptions
        {
            LabelColumnName = "a \"b\" \\ c\t\u0001 \ud83d\ude00 \u2028 \u00e9",
            TextPairColumnName = @"C:\texts",
            ClassWeights = [1, 0.1f, float.MaxValue, float.Epsilon, -0.0f],
            LearningRate = 1.0 / 3,
            WeightDecay = -0.0,
            Epsilon = double.Epsilon,
            MaxSteps = long.MaxValue,
            MaxGradientNorm = null,
            FrozenNames = ["backbone.stack.layers.0.attention", "head"],
            Averaging = new(3, AveragedWeights.Best),
            Schedule = Schedule.OneCycle,
            Model = new BertConfig { HiddenSize = 32, Layers = 1, Heads = 2, InnerSize = 64, MaxLength = 40, LabelNames = ["is not", "written"] },
        },
        new ImageClassificationOptions
        {
            Augmentations = [new RandomCrop(8, 8) { Padding = 1 }, new GaussianBlur(), new RandomResizedCrop(8, 6) { Scale = new(0.5, 1) }],
            Mixing = new() { MixupAlpha = 0.2 },
            Processor = new() { Size = new() { Height = 20, Width = 30 }, Mean = [0.1, 0.2, 0.3], Normalizes = false },
            ClassWeights = [],
        },
        new LanguageModelOptions
        {
            VocabularyLoss = new AdaptiveSoftmax(10, 20) { Division = 2.5 },
            Generation = new() { Samples = true, TopP = 0.95, MaxNewTokens = 1 },
            Model = new Gpt2Config { HiddenSize = 64, Layers = 1, Heads = 2, MaxLength = 32 },
        },
    ];

    [Fact]
    public void WhatIsAsByDefaultIsNotWrittenButForWhatAReaderLooksFor() => Assert.Equal(
        """
        new TextClassificationOptions
        {
            Model = new TransformerEncoderConfig { HiddenSize = 128, Layers = 3, Heads = 4, InnerSize = 512, MaxLength = 256 },
            BatchTokens = 4096,
            TokenDropout = 0.1,
            Epochs = 3,
            LearningRate = 0.002,
            Seed = 7,
        }
        """.ReplaceLineEndings("\n"),
        ObjectCode.Of(new TextClassificationOptions { Model = TransformerEncoder.Small with { Layers = 3 }, TokenDropout = 0.1, LearningRate = 2e-3, Seed = 7 }));

    [Fact]
    public void DefaultsOfADerivedTypeAreItsOwn()
    {
        var code = ObjectCode.Of(new ImageClassificationOptions { WeightDecay = 0.01, LearningRate = 1e-3 });
        Assert.Contains("WeightDecay = 0.01,", code, StringComparison.Ordinal);
        Assert.DoesNotContain("Schedule", code, StringComparison.Ordinal);
    }

    [Fact]
    public void ExpressionsStandForPropertiesAndLeaveThemOut()
    {
        var code = ObjectCode.Of(
            new TextClassificationOptions { Seed = 3, PretrainedFolder = "there", LearningRate = 1e-5 },
            new Dictionary<string, string?> { ["Seed"] = "RetrainSeed", ["PretrainedFolder"] = null });
        Assert.Contains("Seed = RetrainSeed,", code, StringComparison.Ordinal);
        Assert.DoesNotContain("PretrainedFolder", code, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatCannotBeWrittenIsNamed()
    {
        var exception = Assert.Throws<NotSupportedException>(() => ObjectCode.Of(new TextClassificationOptions
        {
            Model = TransformerEncoder.Small with { OtherKeys = new Dictionary<string, JsonElement> { ["a"] = default } },
        }));
        Assert.Contains("TransformerEncoderConfig.OtherKeys", exception.Message, StringComparison.Ordinal);
    }
}
