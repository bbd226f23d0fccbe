using MLNet.Transformers.Models;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

/// <summary>Presets have the names, shapes and number of parameters of the checkpoints whose names they bear.</summary>
public class PresetTests
{
    public static TheoryData<string> Presets => [.. PresetGolden.Presets];

    [Theory]
    [MemberData(nameof(Presets))]
    public void APresetHasThePublishedNamesShapesAndCount(string preset)
    {
        var golden = PresetGolden.Read(preset);
        var architecture = Assert.Single(Architectures.All, architecture => architecture.Presets.ContainsKey(preset));
        var config = architecture.Presets[preset];
        using var scope = NewDisposeScope();
        var encoder = architecture.Build<TextEncoder>(config);
        // The head that stands on the published pooler, where there is one.
        using var model = new TextModel(config, encoder, MultipleChoice.Of(config, encoder));
        var prefix = golden.Shapes.Keys.First().Split('.')[0] + ".";
        var ours = Checkpoint.Publish(model, architecture.Names)
            .Where(pair => pair.Name.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Name, pair => pair.Tensor.shape);

        Assert.Equal(golden.Shapes.Select(Row).Order(StringComparer.Ordinal), ours.Select(Row).Order(StringComparer.Ordinal));
        Assert.Equal(golden.Parameters, ours.Values.Sum(shape => shape.Aggregate(1L, (a, b) => a * b)));
    }

    /// <summary>Models too large to build in a test: their number of parameters grows alike with every layer and every token id.</summary>
    [Theory]
    [InlineData("deberta-v3-xsmall", 70_682_112)]
    [InlineData("deberta-v3-large", 434_012_160)]
    [InlineData("mdeberta-v3-base", 278_218_752)]
    [InlineData("deberta-v2-xlarge", 884_593_152)]
    public void ALargePresetHasThePublishedCount(string preset, long parameters)
    {
        var architecture = Assert.Single(Architectures.All, architecture => architecture.Presets.ContainsKey(preset));
        var config = architecture.Presets[preset];
        long CountOf(int layers, int vocabulary)
        {
            using var encoder = architecture.Build<TextEncoder>(config with { Layers = layers, VocabularySize = vocabulary });
            return encoder.parameters().Sum(parameter => parameter.numel());
        }
        var (small, deeper, wider) = (CountOf(1, 8), CountOf(2, 8), CountOf(1, 9));
        Assert.Equal(parameters, small + (config.Layers - 1) * (deeper - small) + (config.VocabularySize - 8) * (wider - small));
    }

    private static string Row(KeyValuePair<string, long[]> tensor) => $"{tensor.Key} ({string.Join(", ", tensor.Value)})";
}
