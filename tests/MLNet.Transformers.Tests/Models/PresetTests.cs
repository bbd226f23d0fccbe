using MLNet.Transformers.Models;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

/// <summary>Presets have the names, shapes and number of parameters of the checkpoints whose names they bear.</summary>
public class PresetTests
{
    public static TheoryData<string> Presets =>
        [.. PresetGolden.Presets.Where(preset => Architectures.Of<TextConfig>().Any(family => family.TextPresetsOf().GetValueOrDefault(preset) is { LanguageModel: null }))];

    [Theory]
    [MemberData(nameof(Presets))]
    public void APresetHasThePublishedNamesShapesAndCount(string preset)
    {
        var golden = PresetGolden.Read(preset);
        var architecture = Assert.Single(Architectures.Of<TextConfig>(), architecture => architecture.Presets.ContainsKey(preset));
        var config = architecture.TextPresetsOf()[preset];
        using var shapes = new ShapesOnly();
        using var scope = NewDisposeScope();
        var encoder = architecture.Build<TextBackbone>(config);
        // The head that stands on the published pooler, where there is one.
        using var model = new TextModel(config, encoder, MultipleChoice.Of(config, encoder));
        var prefix = golden.Shapes.Keys.First().Split('.')[0] + ".";
        var ours = Checkpoint.Publish(model, architecture.Names)
            .Where(pair => pair.Name.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Name, pair => pair.Tensor.shape);

        Assert.Equal(golden.Shapes.Select(Row).Order(StringComparer.Ordinal), ours.Select(Row).Order(StringComparer.Ordinal));
        Assert.Equal(golden.Parameters, ours.Values.Sum(shape => shape.Aggregate(1L, (a, b) => a * b)));
    }

    /// <summary>
    /// Counts that Hugging Face's encoders and KerasHub give for the published checkpoints, poolers included where they have one.
    /// DistilRoBERTa is RoBERTa less six layers, and CamemBERT RoBERTa with fewer tokens; ModernBERT is the published model less its head.
    /// </summary>
    [Theory]
    [InlineData("bert-base-cased", 108_310_272)]
    [InlineData("bert-large-uncased", 335_141_888)]
    [InlineData("bert-base-multilingual-cased", 177_853_440)]
    [InlineData("roberta-large", 355_359_744)]
    [InlineData("distilroberta-base", 124_645_632 - 6 * 7_087_872)]
    [InlineData("camembert-base", 124_645_632 - (50_265 - 32_005) * 768)]
    [InlineData("xlm-roberta-large", 559_890_432)]
    [InlineData("albert-large-v2", 17_683_968)]
    [InlineData("albert-xlarge-v2", 58_724_864)]
    [InlineData("albert-xxlarge-v2", 222_595_584)]
    [InlineData("electra-large-discriminator", 334_092_288)]
    [InlineData("ModernBERT-large", 395_881_664 - 1_099_968)]
    [InlineData("deberta-v3-xsmall", 70_682_112)]
    [InlineData("deberta-v3-large", 434_012_160)]
    [InlineData("mdeberta-v3-base", 278_218_752)]
    [InlineData("deberta-v2-xlarge", 884_593_152)]
    [InlineData("xlnet-large-cased", 360_267_776)]
    public void APresetHasThePublishedCount(string preset, long parameters)
    {
        var architecture = Assert.Single(Architectures.Of<TextConfig>(), architecture => architecture.Presets.ContainsKey(preset));
        var config = architecture.TextPresetsOf()[preset];
        // A count is linear in the layers and in the vocabulary: three small models tell that of a large one.
        var small = Count(architecture, config with { Layers = 2, VocabularySize = 1000 });
        var deeper = Count(architecture, config with { Layers = 3, VocabularySize = 1000 });
        var wider = Count(architecture, config with { Layers = 2, VocabularySize = 1001 });
        Assert.Equal(parameters, small + (config.Layers - 2) * (deeper - small) + (config.VocabularySize - 1000) * (wider - small));
    }

    private static long Count(Architecture architecture, TextConfig config)
    {
        using var shapes = new ShapesOnly();
        using var scope = NewDisposeScope();
        var encoder = architecture.Build<TextBackbone>(config);
        using var model = new TextModel(config, encoder, MultipleChoice.Of(config, encoder));
        var published = Checkpoint.Publish(model, architecture.Names);
        var prefix = published[0].Name.Split('.')[0] + ".";
        return published.Where(pair => pair.Name.StartsWith(prefix, StringComparison.Ordinal)).Sum(pair => pair.Tensor.numel());
    }

    private static string Row(KeyValuePair<string, long[]> tensor) => $"{tensor.Key} ({string.Join(", ", tensor.Value)})";
}
