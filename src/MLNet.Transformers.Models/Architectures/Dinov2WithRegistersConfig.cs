using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>The config of a DINOv2 model with registers.</summary>
public sealed record Dinov2WithRegistersConfig : Dinov2EncoderConfig
{
    /// <inheritdoc/>
    protected override string Family => "dinov2_with_registers";

    /// <summary>Number of tokens without places that stand between the class token and the patches.</summary>
    [JsonPropertyName("num_register_tokens")]
    public int Registers { get; init; } = 4;

    /// <inheritdoc/>
    internal override int RegisterCount => Registers;
}
