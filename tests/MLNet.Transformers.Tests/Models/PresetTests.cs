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

    private static string Row(KeyValuePair<string, long[]> tensor) => $"{tensor.Key} ({string.Join(", ", tensor.Value)})";
}
