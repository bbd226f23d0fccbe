using System.Globalization;

namespace MLNet.Transformers.Models;

/// <summary>
/// How far from the input each parameter stands, told from its name: 0 for embeddings and whatever the layers share, i + 1 for
/// layer i, the last layer's depth for the norm behind it, and one more for the head.
/// </summary>
internal static class ParameterDepth
{
    private const string Backbone = "backbone.";
    private const string Layers = "encoder.layers.";
    private const string LastNorm = "encoder.norm.";

    private static readonly string[] Encoder = ["embedding.", "encoder."];

    /// <summary>The number of layers that the names tell of.</summary>
    public static int LayersOf(IEnumerable<string> names) => names.Select(LayerOf).Max() + 1 ?? 0;

    /// <summary>The depth of one parameter in a model of so many layers.</summary>
    public static int Of(string name, int layers)
    {
        if (LayerOf(name) is { } layer)
            return layer + 1;
        var inner = WithinBackbone(name);
        if (inner.StartsWith(LastNorm, StringComparison.Ordinal))
            return layers;
        // An encoder that is trained by itself has no name before its parts.
        var ofEncoder = inner.Length < name.Length || Array.Exists(Encoder, part => inner.StartsWith(part, StringComparison.Ordinal));
        return ofEncoder ? 0 : layers + 1;
    }

    private static int? LayerOf(string name)
    {
        var inner = WithinBackbone(name);
        if (!inner.StartsWith(Layers, StringComparison.Ordinal))
            return null;
        var number = inner[Layers.Length..];
        return int.Parse(number[..number.IndexOf('.', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
    }

    private static string WithinBackbone(string name) =>
        name.StartsWith(Backbone, StringComparison.Ordinal) ? name[Backbone.Length..] : name;
}
