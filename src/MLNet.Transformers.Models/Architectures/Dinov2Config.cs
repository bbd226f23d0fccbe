using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>The config of a DINOv2 model, with registers or without; the defaults are those of the keys that a <c>config.json</c> leaves out.</summary>
public abstract record Dinov2EncoderConfig : ImageEncoderConfig
{
    /// <summary>Width inside the feed-forward blocks, as a multiple of the hidden size.</summary>
    [JsonPropertyName("mlp_ratio")]
    public double InnerRatio { get; init; } = 4;

    /// <summary>Width inside the feed-forward blocks; gated ones, which have three maps, have two thirds of it, rounded up to a multiple of 8.</summary>
    [JsonIgnore]
    public override int InnerSize
    {
        get => IsGated ? ((int)(PlainInnerSize * 2 / 3.0) + 7) / 8 * 8 : PlainInnerSize;
        init => InnerRatio = (double)value / HiddenSize;
    }

    /// <summary>Whether the feed-forward blocks are gated.</summary>
    [JsonPropertyName("use_swiglu_ffn")]
    public bool IsGated { get; init; }

    /// <summary>What each column of a sublayer's output is multiplied by at first.</summary>
    [JsonPropertyName("layerscale_value")]
    public double LayerScale { get; init; } = 1;

    /// <inheritdoc/>
    [JsonPropertyName("layer_norm_eps")]
    public override double NormEpsilon { get; init; } = 1e-6;

    /// <inheritdoc/>
    [JsonIgnore]
    public override ImagePooling Pooling => ImagePooling.ClassAndMean;

    /// <summary>Number of register tokens.</summary>
    [JsonIgnore]
    internal virtual int RegisterCount => 0;

    /// <summary>Whether there is a token for hidden patches.</summary>
    [JsonIgnore]
    internal virtual bool HasMask => true;

    /// <inheritdoc/>
    internal override double DropPathOf(int layer) => DropPath;

    private int PlainInnerSize => (int)(HiddenSize * InnerRatio);
}

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
