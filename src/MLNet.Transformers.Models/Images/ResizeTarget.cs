using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>The size that images are resized to: exact, or by an edge with the proportions kept. It is the <c>size</c> of a <c>preprocessor_config.json</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ResizeTarget
{
    /// <summary>Rows; null where the edges say the size.</summary>
    [JsonPropertyName("height")]
    public int? Height { get; init; }

    /// <summary>Columns; null where the edges say the size.</summary>
    [JsonPropertyName("width")]
    public int? Width { get; init; }

    /// <summary>Pixels of the shorter side; null where the size is exact.</summary>
    [JsonPropertyName("shortest_edge")]
    public int? ShortestEdge { get; init; }

    /// <summary>Pixels of the longer side at most; null for no such limit.</summary>
    [JsonPropertyName("longest_edge")]
    public int? LongestEdge { get; init; }

    /// <summary>Images of so many rows and columns.</summary>
    public static ResizeTarget Exact(int height, int width) => new() { Height = height, Width = width };

    /// <summary>Images of so many rows and columns, their number being the same.</summary>
    public static ResizeTarget Square(int edge) => Exact(edge, edge);

    /// <summary>Images whose shorter side has so many pixels.</summary>
    public static ResizeTarget Shortest(int edge) => new() { ShortestEdge = edge };

    /// <summary>What is wrong with it; null for nothing.</summary>
    [JsonIgnore]
    internal string? Problem => this switch
    {
        { Height: > 0, Width: > 0, ShortestEdge: null, LongestEdge: null } => null,
        { Height: null, Width: null, ShortestEdge: > 0 } => LongestEdge is null || LongestEdge >= ShortestEdge ? null : "has a longest_edge that is shorter than its shortest_edge",
        _ => "must have a positive height and width, or a positive shortest_edge (and with it, if wanted, a longest_edge)",
    };

    /// <summary>The size of an image after resizing; the numbers are rounded as <see href="https://huggingface.co/docs/transformers/internal/image_processing_utils">Hugging Face</see> rounds them.</summary>
    internal (int Width, int Height) Of(int width, int height) => this switch
    {
        { Height: { } exactHeight, Width: { } exactWidth } => (exactWidth, exactHeight),
        { LongestEdge: { } longest } when Math.Max(width, height) / (double)Math.Min(width, height) * ShortestEdge!.Value > longest =>
            Keep(width, height, (int)Math.Round(longest * (double)Math.Min(width, height) / Math.Max(width, height)), longest * (double)Math.Min(width, height) / Math.Max(width, height)),
        _ => Keep(width, height, ShortestEdge!.Value, ShortestEdge.Value),
    };

    /// <param name="width">Columns before.</param>
    /// <param name="height">Rows before.</param>
    /// <param name="shorter">The shorter side after.</param>
    /// <param name="exact">The same before it was rounded, from which the longer side follows.</param>
    private static (int Width, int Height) Keep(int width, int height, int shorter, double exact) => width <= height
        ? (shorter, Math.Max(1, (int)(exact * height / width)))
        : (Math.Max(1, (int)(exact * width / height)), shorter);
}
