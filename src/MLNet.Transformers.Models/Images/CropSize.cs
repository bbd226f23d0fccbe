using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>The size of what is cut out of an image: the <c>crop_size</c> of a <c>preprocessor_config.json</c>.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CropSize(
    [property: JsonPropertyName("height"), JsonRequired] int Height,
    [property: JsonPropertyName("width"), JsonRequired] int Width);
