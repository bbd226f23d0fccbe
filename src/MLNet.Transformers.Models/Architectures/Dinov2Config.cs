using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>The config of a DINOv2 model.</summary>
public sealed record Dinov2Config : Dinov2EncoderConfig
{
    /// <inheritdoc/>
    protected override string Family => "dinov2";

    /// <summary>Whether there is a token for hidden patches.</summary>
    [JsonPropertyName("use_mask_token")]
    public bool HasMaskToken { get; init; } = true;

    /// <inheritdoc/>
    internal override bool HasMask => HasMaskToken;
}
