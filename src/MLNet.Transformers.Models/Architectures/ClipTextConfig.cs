using System.Text.Json.Serialization;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>The config of CLIP's tower for texts; the defaults are those of the base models.</summary>
public sealed record ClipTextConfig : TextConfig
{
    /// <summary>The number that old configs give, in error, to the token that ends a text.</summary>
    private const int ErroneousEnd = 2;

    /// <summary>A tower of the base models.</summary>
    public ClipTextConfig()
    {
        BosId = 49406;
        EosIds = [49407];
    }

    /// <inheritdoc/>
    protected override string Family => "clip_text_model";

    /// <inheritdoc/>
    [JsonPropertyName("vocab_size")]
    public override int VocabularySize { get; init; } = 49408;

    /// <inheritdoc/>
    [JsonPropertyName("hidden_size")]
    public override int HiddenSize { get; init; } = 512;

    /// <inheritdoc/>
    [JsonPropertyName("num_hidden_layers")]
    public override int Layers { get; init; } = 12;

    /// <inheritdoc/>
    [JsonPropertyName("num_attention_heads")]
    public override int Heads { get; init; } = 8;

    /// <inheritdoc/>
    [JsonPropertyName("intermediate_size")]
    public override int InnerSize { get; init; } = 2048;

    /// <inheritdoc/>
    [JsonPropertyName("max_position_embeddings")]
    public override int MaxLength { get; init; } = 77;

    /// <summary>Width of the vectors that texts and images share.</summary>
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
    [JsonPropertyName("pad_token_id")]
    public override int PaddingId { get; init; } = 1;

    /// <summary>Standard deviation of the vectors of tokens.</summary>
    [JsonPropertyName("initializer_range")]
    public override double InitializerRange { get; init; } = 0.02;

    /// <summary>What the standard deviations of all fresh weights are multiplied by.</summary>
    [JsonPropertyName("initializer_factor")]
    public double InitializerFactor { get; init; } = 1;

    /// <inheritdoc/>
    [JsonIgnore]
    public override ClassifierStyle Classifier => new(ClassifierPooling ?? Models.Pooling.Last, null, 0);

    /// <summary>The token whose state stands for the text; null where the config does not say, and it is the one of the greatest number.</summary>
    [JsonIgnore]
    internal int? EndId => EosIds is [var end, ..] && end != ErroneousEnd ? end : null;

    /// <inheritdoc/>
    internal override void Initialize(Module model) => Clip.Initialize(model, this);
}
