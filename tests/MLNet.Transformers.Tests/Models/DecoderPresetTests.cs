using MLNet.Transformers.Models;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

/// <summary>Presets of families that write texts have the number of parameters of the checkpoints whose names they bear, a matrix that serves twice counted once.</summary>
public class DecoderPresetTests
{
    public static TheoryData<string> Presets => [.. TinyConfigs.Decoders.Values.Select(config => config.ModelType).Distinct().SelectMany(family => Architectures.Find(family).Presets.Keys)];

    /// <summary>
    /// What Hugging Face and KerasHub give for the published checkpoints, and for Pythia its own table. DistilGPT2 is GPT-2 less six
    /// layers; OPT's tables of positions have two rows more than KerasHub counts.
    /// </summary>
    private static readonly Dictionary<string, long> Published = new()
    {
        ["gpt2"] = 124_439_808,
        ["gpt2-medium"] = 354_823_168,
        ["gpt2-large"] = 774_030_080,
        ["gpt2-xl"] = 1_557_611_200,
        ["distilgpt2"] = 81_912_576,
        ["pythia-70m"] = 70_426_624,
        ["pythia-160m"] = 162_322_944,
        ["pythia-410m"] = 405_334_016,
        ["pythia-1b"] = 1_011_781_632,
        ["pythia-1.4b"] = 1_414_647_808,
        ["pythia-2.8b"] = 2_775_208_960,
        ["pythia-6.9b"] = 6_857_302_016,
        ["pythia-12b"] = 11_846_072_320,
        ["gpt-neox-20b"] = 20_554_567_680,
        ["opt-125m"] = 125_237_760 + 2 * 768,
        ["opt-350m"] = 331_196_416,
        ["opt-1.3b"] = 1_315_753_984 + 2 * 2048,
        ["opt-2.7b"] = 2_651_596_800,
        ["opt-6.7b"] = 6_658_473_984,
        ["bloom-560m"] = 559_214_592,
        ["bloom-1b1"] = 1_065_314_304,
        ["bloom-1b7"] = 1_722_408_960,
        ["bloom-3b"] = 3_002_557_440,
        ["bloom-7b1"] = 7_069_016_064,
        ["Llama-2-7b-hf"] = 6_738_415_616,
        ["Llama-2-13b-hf"] = 13_015_864_320,
        ["TinyLlama-1.1B"] = 1_100_048_384,
        ["Meta-Llama-3-8B"] = 8_030_261_248,
        ["Llama-3.1-8B"] = 8_030_261_248,
        ["Llama-3.2-1B"] = 1_498_482_688 - 128_256 * 2048, // KerasHub counts the token vectors twice.
        ["Llama-3.2-3B"] = 3_606_752_256 - 128_256 * 3072,
        ["Mistral-7B-v0.1"] = 7_241_732_096,
        ["Mistral-7B-v0.3"] = 7_248_023_552,
        ["Qwen2.5-0.5B"] = 494_032_768,
        ["Qwen2.5-1.5B"] = 1_543_714_304,
        ["Qwen2.5-3B"] = 3_085_938_688,
        ["Qwen2.5-7B"] = 7_615_616_512,
        ["Mixtral-8x7B-v0.1"] = 46_702_792_704,
    };

    [Theory]
    [MemberData(nameof(Presets))]
    public void APresetHasThePublishedCount(string preset)
    {
        var architecture = Assert.Single(Architectures.Of<TextConfig>(), architecture => architecture.Presets.ContainsKey(preset));
        var config = architecture.TextPresetsOf()[preset];
        // A count is linear in the layers and in the vocabulary, and quadratic in the widths: small models tell that of a large one.
        var whole = HeadSize(config) / 8;
        var (one, two, three) = (Count(config, 1), Count(config, 2), Count(config, 3));
        var count = one * (whole - 2) * (whole - 3) / 2 - two * (whole - 1) * (whole - 3) + three * (whole - 1) * (whole - 2) / 2;
        Assert.Equal(Published[preset], count);
    }

    /// <summary>Parameters of a model with heads of so many times eight columns, and all other widths in proportion.</summary>
    private static Int128 Count(TextConfig config, int eighths)
    {
        var narrow = Narrow(config, eighths * 8, HeadSize(config));
        var small = Parameters(narrow with { Layers = 2, VocabularySize = 100 });
        var deeper = Parameters(narrow with { Layers = 3, VocabularySize = 100 });
        var wider = Parameters(narrow with { Layers = 2, VocabularySize = 101 });
        return small + (Int128)(config.Layers - 2) * (deeper - small) + (Int128)(config.VocabularySize - 100) * (wider - small);
    }

    private static int HeadSize(TextConfig config) => (config as RotaryDecoderConfig)?.HeadSize ?? config.HiddenSize / config.Heads;

    private static TextConfig Narrow(TextConfig config, int parts, int of)
    {
        Assert.Equal(0, config.InnerSize * parts % of);
        var narrow = config with { HiddenSize = config.HiddenSize * parts / of, InnerSize = config.InnerSize * parts / of };
        return narrow switch
        {
            RotaryDecoderConfig rotary => rotary with { PublishedHeadSize = parts },
            OptConfig opt => opt with { EmbeddingSize = opt.EmbeddingSize * parts / of },
            _ => narrow,
        };
    }

    private static long Parameters(TextConfig config)
    {
        using var shapes = new ShapesOnly();
        using var scope = NewDisposeScope();
        var backbone = Architectures.Find(config.ModelType).Build<TextBackbone>(config);
        using var model = new TextModel(config, backbone, LanguageModelHead.Of(config, backbone));
        return model.parameters().Sum(parameter => parameter.numel());
    }
}
