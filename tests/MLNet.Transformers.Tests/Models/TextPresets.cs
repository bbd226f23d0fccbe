using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests.Models;

/// <summary>The published models of a family that reads texts.</summary>
internal static class TextPresets
{
    public static IReadOnlyDictionary<string, TextConfig> TextPresetsOf(this Architecture architecture) =>
        architecture.Presets.ToDictionary(preset => preset.Key, preset => (TextConfig)preset.Value);
}
