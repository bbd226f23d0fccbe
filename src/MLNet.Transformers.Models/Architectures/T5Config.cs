using System.Text.Json.Serialization;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>The config of a T5 model; the defaults are the sizes of the published small model.</summary>
public record T5Config : TextConfig
{
    private const string GatedPrefix = "gated-";

    /// <summary>The special tokens of the published models.</summary>
    public T5Config()
    {
        EosIds = [1];
        DecoderStartId = 0;
    }

    /// <inheritdoc/>
    protected override string Family => "t5";

    /// <inheritdoc/>
    [JsonPropertyName("vocab_size")]
    public override int VocabularySize { get; init; } = 32128;

    /// <inheritdoc/>
    [JsonPropertyName("d_model")]
    public override int HiddenSize { get; init; } = 512;

    /// <summary>Number of the encoder's layers.</summary>
    [JsonPropertyName("num_layers")]
    public override int Layers { get; init; } = 6;

    /// <summary>Number of the decoder's layers; null for as many as the encoder's.</summary>
    [JsonPropertyName("num_decoder_layers")]
    public int? DecoderLayers { get; init; }

    /// <inheritdoc/>
    [JsonPropertyName("num_heads")]
    public override int Heads { get; init; } = 8;

    /// <summary>Width of one head.</summary>
    [JsonPropertyName("d_kv")]
    public int HeadSize { get; init; } = 64;

    /// <inheritdoc/>
    [JsonPropertyName("d_ff")]
    public override int InnerSize { get; init; } = 2048;

    /// <summary>Number of tokens that the published models were trained on at most; any number can be taken.</summary>
    [JsonPropertyName("n_positions")]
    public override int MaxLength { get; init; } = 512;

    /// <summary>Number of buckets of distances.</summary>
    [JsonPropertyName("relative_attention_num_buckets")]
    public int Buckets { get; init; } = 32;

    /// <summary>From this distance on, all are in the last bucket.</summary>
    [JsonPropertyName("relative_attention_max_distance")]
    public int MaxDistance { get; init; } = 128;

    /// <summary>The feed-forward blocks: an activation, <c>relu</c>, or a gated one, <c>gated-gelu</c>.</summary>
    [JsonPropertyName("feed_forward_proj")]
    public string FeedForward { get; init; } = "relu";

    /// <summary>Probability with which a value is dropped in training, wherever one may be.</summary>
    [JsonPropertyName("dropout_rate")]
    public double Dropout { get; init; } = 0.1;

    /// <summary>Added to the mean square in the norms.</summary>
    [JsonPropertyName("layer_norm_epsilon")]
    public double NormEpsilon { get; init; } = 1e-6;

    /// <summary>Whether the token vectors are the last map too.</summary>
    [JsonPropertyName("tie_word_embeddings")]
    public bool IsTied { get; init; } = true;

    /// <inheritdoc/>
    [JsonPropertyName("pad_token_id")]
    public override int PaddingId { get; init; }

    /// <summary>What the deviations of fresh weights, which go by the sizes of the maps, are multiplied by.</summary>
    [JsonPropertyName("initializer_factor")]
    public override double InitializerRange { get; init; } = 1;

    /// <inheritdoc/>
    [JsonPropertyName("is_encoder_decoder")]
    public override bool IsEncoderDecoder => true;

    /// <summary>Whether the feed-forward blocks have a gate.</summary>
    [JsonIgnore]
    public bool IsGated => FeedForward.StartsWith(GatedPrefix, StringComparison.Ordinal);

    /// <summary>Name of the activation in the feed-forward blocks; the published <c>gated-gelu</c> is the approximation by a hyperbolic tangent.</summary>
    [JsonIgnore]
    public string Activation => FeedForward switch
    {
        "gated-gelu" => "gelu_new",
        _ when IsGated => FeedForward[GatedPrefix.Length..],
        _ => FeedForward,
    };

    /// <inheritdoc/>
    [JsonIgnore]
    public override ClassifierStyle Classifier => ClassifierPooling is null or Pooling.Last
        ? new(Pooling.Last, "tanh", Dropout, InputDropout: Dropout)
        : new(ClassifierPooling.Value, null, Dropout);

    /// <inheritdoc/>
    [JsonIgnore]
    public override LanguageModelStyle LanguageModel => new(IsTied, Scale: IsTied ? 1 / Math.Sqrt(HiddenSize) : 1);

    /// <inheritdoc/>
    internal override void Initialize(Module model) => T5.Initialize(model, this);
}

/// <summary>The config of an mT5 model; the defaults are the sizes of the published small model.</summary>
public sealed record MT5Config : T5Config
{
    /// <summary>The sizes of the published model.</summary>
    public MT5Config()
    {
        VocabularySize = 250112;
        InnerSize = 1024;
        Layers = 8;
        Heads = 6;
        FeedForward = "gated-gelu";
        IsTied = false;
    }

    /// <inheritdoc/>
    protected override string Family => "mt5";
}
