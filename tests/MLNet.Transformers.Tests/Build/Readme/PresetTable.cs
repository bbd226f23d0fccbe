using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests.Build;

/// <summary>The families of the registry, each with the published models that it knows the sizes of.</summary>
internal static class PresetTable
{
    public static string Make() =>
        $"| `model_type` | presets |\n|---|---|\n{string.Concat(Architectures.All.Select(Row))}";

    private static string Row(Architecture family) =>
        $"| `{family.ModelType}` | {string.Join(", ", family.Presets.Keys)} |\n";
}
