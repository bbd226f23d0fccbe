using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>A config with the keys of ViT's <c>config.json</c>, which most vision transformers since have kept; the defaults are those of ViT's base model.</summary>
public abstract record ImageEncoderConfig : ImageConfig
{
    /// <summary>Width of the hidden states.</summary>
    [JsonPropertyName("hidden_size")]
    public virtual int HiddenSize { get; init; } = 768;

    /// <inheritdoc/>
    [JsonPropertyName("num_hidden_layers")]
    public override int Layers { get; init; } = 12;

    /// <summary>Number of attention heads.</summary>
    [JsonPropertyName("num_attention_heads")]
    public virtual int Heads { get; init; } = 12;

    /// <summary>Width inside the feed-forward blocks.</summary>
    [JsonPropertyName("intermediate_size")]
    public virtual int InnerSize { get; init; } = 3072;

    /// <inheritdoc/>
    [JsonPropertyName("image_size")]
    public override PixelSize ImageSize { get; init; } = 224;

    /// <inheritdoc/>
    [JsonPropertyName("patch_size")]
    public override PixelSize PatchSize { get; init; } = 16;

    /// <inheritdoc/>
    [JsonPropertyName("num_channels")]
    public override int Channels { get; init; } = 3;

    /// <summary>Name of the activation in the feed-forward blocks.</summary>
    [JsonPropertyName("hidden_act")]
    public virtual string Activation { get; init; } = "gelu";

    /// <summary>Probability with which a value of a sublayer's output is dropped in training.</summary>
    [JsonPropertyName("hidden_dropout_prob")]
    public double Dropout { get; init; }

    /// <summary>Probability with which an attention weight is dropped in training.</summary>
    [JsonPropertyName("attention_probs_dropout_prob")]
    public double AttentionDropout { get; init; }

    /// <summary>Probability with which the last layer's sublayers drop an example's output in training; layers before it drop fewer, the first one none.</summary>
    [JsonPropertyName("drop_path_rate")]
    public virtual double DropPath { get; init; }

    /// <summary>Whether queries, keys and values have a bias.</summary>
    [JsonPropertyName("qkv_bias")]
    public virtual bool AttentionBias { get; init; } = true;

    /// <summary>Added to the variance in the norms.</summary>
    [JsonPropertyName("layer_norm_eps")]
    public virtual double NormEpsilon { get; init; } = 1e-12;

    /// <inheritdoc/>
    [JsonPropertyName("initializer_range")]
    public override double InitializerRange { get; init; } = 0.02;

    /// <inheritdoc/>
    [JsonIgnore]
    public override int OutputSize => HiddenSize;

    /// <summary>The patches of an image of <see cref="ImageConfig.ImageSize"/>.</summary>
    [JsonIgnore]
    internal ImageGrid Grid => ImageSize.Count(PatchSize);

    /// <summary>Probability with which a layer's sublayers drop an example's output in training.</summary>
    /// <param name="layer">Counted from 0.</param>
    internal virtual double DropPathOf(int layer) => Layers == 1 ? 0 : DropPath * layer / (Layers - 1);
}
