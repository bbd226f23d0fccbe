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
