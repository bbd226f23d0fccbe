using System.Text.Json;
using System.Text.Json.Serialization;
using MLNet.Transformers.Models;

namespace MLNet.Transformers;

/// <summary>What the scripts of a page draw from.</summary>
/// <param name="Attention">The weights.</param>
/// <param name="Queries">Labels of the tokens that look.</param>
/// <param name="Keys">Labels of the tokens that are looked at; null where they are the same.</param>
/// <param name="Image">The picture whose patches the tokens are; null for a text.</param>
internal sealed record PageData(AttentionWeights Attention, string[] Queries, string[]? Keys, PagePicture? Image)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>As JSON in which every character outside of plain ASCII, and every one that HTML knows, is an escape: safe within a script element.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            Attention.Layers,
            Attention.Heads,
            Queries,
            Keys,
            Image,
            Colors = ColorScale.Colors.Select(color => color.Hex),
            Weights = PackedWeights.Of(Attention),
            Rollout = Rollout() is { } rollout ? PackedWeights.Of(rollout) : null,
        },
        Options);

    /// <summary>The layers rolled out, where there are several and tokens look at each other.</summary>
    private AttentionWeights? Rollout() => Attention.Layers > 1 && Keys is null ? Attention.Rollout(new AttentionRollout()) : null;
}

/// <summary>A picture on a page.</summary>
/// <param name="Source">The picture, as a data URL.</param>
/// <param name="Width">Its width in pixels.</param>
/// <param name="Height">Its height in pixels.</param>
/// <param name="Rows">Rows of patches.</param>
/// <param name="Columns">Patches a row.</param>
/// <param name="Prefix">How many tokens stand before those of the patches.</param>
internal sealed record PagePicture(string Source, int Width, int Height, int Rows, int Columns, int Prefix);
