using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>The config of a BEiT model; the defaults are those of the keys that a <c>config.json</c> leaves out.</summary>
public sealed record BeitConfig : ImageEncoderConfig
{
    /// <inheritdoc/>
    protected override string Family => "beit";

    /// <summary>Whether there is a token for hidden patches.</summary>
    [JsonPropertyName("use_mask_token")]
    public bool HasMaskToken { get; init; }

    /// <summary>Whether each token's place has a vector.</summary>
    [JsonPropertyName("use_absolute_position_embeddings")]
    public bool HasPositions { get; init; }

    /// <summary>Whether each layer has a bias of its own for each offset between two patches.</summary>
    [JsonPropertyName("use_relative_position_bias")]
    public bool HasOffsets { get; init; }

    /// <summary>Whether all layers share a bias for each offset between two patches.</summary>
    [JsonPropertyName("use_shared_relative_position_bias")]
    public bool HasSharedOffsets { get; init; }

    /// <summary>What each column of a sublayer's output is multiplied by at first; 0 where it is added as it is.</summary>
    [JsonPropertyName("layer_scale_init_value")]
    public double LayerScale { get; init; } = 0.1;

    /// <inheritdoc/>
    [JsonPropertyName("drop_path_rate")]
    public override double DropPath { get; init; } = 0.1;

    /// <summary>Whether a classifier reads the mean of the patches; the layers then have no last norm, and the mean has one.</summary>
    [JsonPropertyName("use_mean_pooling")]
    public bool IsMeanPooled { get; init; } = true;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool AttentionBias { get; init; } = true;

    /// <inheritdoc/>
    [JsonIgnore]
    public override ImagePooling Pooling => IsMeanPooled ? ImagePooling.Mean : ImagePooling.ClassToken;

    /// <inheritdoc/>
    [JsonIgnore]
    public override NormStyle? PoolingNorm => IsMeanPooled ? new(NormEpsilon) : null;
}
