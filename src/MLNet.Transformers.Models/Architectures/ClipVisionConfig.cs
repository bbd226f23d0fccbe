using System.Text.Json.Serialization;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>The config of CLIP's tower for images; the defaults are those of the base model with patches of 32 pixels.</summary>
public sealed record ClipVisionConfig : ImageConfig
{
    /// <inheritdoc/>
    protected override string Family => "clip_vision_model";

    /// <summary>Width of the hidden states.</summary>
    [JsonPropertyName("hidden_size")]
    public int HiddenSize { get; init; } = 768;

    /// <inheritdoc/>
    [JsonPropertyName("num_hidden_layers")]
    public override int Layers { get; init; } = 12;

    /// <summary>Number of attention heads.</summary>
    [JsonPropertyName("num_attention_heads")]
    public int Heads { get; init; } = 12;

    /// <summary>Width inside the feed-forward blocks.</summary>
    [JsonPropertyName("intermediate_size")]
    public int InnerSize { get; init; } = 3072;

    /// <inheritdoc/>
    [JsonPropertyName("image_size")]
    public override PixelSize ImageSize { get; init; } = 224;

    /// <inheritdoc/>
    [JsonPropertyName("patch_size")]
    public override PixelSize PatchSize { get; init; } = 32;

    /// <inheritdoc/>
    [JsonPropertyName("num_channels")]
    public override int Channels { get; init; } = 3;

    /// <summary>Width of the vectors that images and texts share.</summary>
    [JsonPropertyName("projection_dim")]
    public int ProjectionSize { get; init; } = 512;

    /// <summary>Name of the activation in the feed-forward blocks.</summary>
    [JsonPropertyName("hidden_act")]
    public string Activation { get; init; } = "quick_gelu";

    /// <summary>Probability with which an attention weight is dropped in training.</summary>
    [JsonPropertyName("attention_dropout")]
    public double AttentionDropout { get; init; }

    /// <summary>Added to the variance in the norms.</summary>
    [JsonPropertyName("layer_norm_eps")]
    public double NormEpsilon { get; init; } = 1e-5;

    /// <inheritdoc/>
    [JsonPropertyName("initializer_range")]
    public override double InitializerRange { get; init; } = 0.02;

    /// <summary>What the standard deviations of all fresh weights are multiplied by.</summary>
    [JsonPropertyName("initializer_factor")]
    public double InitializerFactor { get; init; } = 1;

    /// <inheritdoc/>
    [JsonIgnore]
    public override int OutputSize => HiddenSize;

    /// <inheritdoc/>
    [JsonIgnore]
    public override ImagePooling Pooling => ImagePooling.Mean;

    /// <inheritdoc/>
    internal override void Initialize(Module model) => Clip.Initialize(model, this);
}
