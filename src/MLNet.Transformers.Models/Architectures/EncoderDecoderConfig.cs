using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>A config with the keys of BART's <c>config.json</c>, which Marian, mBART and Pegasus have kept; the defaults are those of BART's base model.</summary>
public abstract record EncoderDecoderConfig : TextConfig
{
    /// <inheritdoc/>
    [JsonPropertyName("vocab_size")]
    public override int VocabularySize { get; init; } = 50265;

    /// <inheritdoc/>
    [JsonPropertyName("d_model")]
    public override int HiddenSize { get; init; } = 768;

    /// <summary>Number of the encoder's layers.</summary>
    [JsonPropertyName("encoder_layers")]
    public override int Layers { get; init; } = 6;

    /// <summary>Number of the decoder's layers.</summary>
    [JsonPropertyName("decoder_layers")]
    public int DecoderLayers { get; init; } = 6;

    /// <summary>Number of attention heads in the encoder.</summary>
    [JsonPropertyName("encoder_attention_heads")]
    public override int Heads { get; init; } = 12;

    /// <summary>Number of attention heads in the decoder.</summary>
    [JsonPropertyName("decoder_attention_heads")]
    public int DecoderHeads { get; init; } = 12;

    /// <summary>Width inside the encoder's feed-forward blocks.</summary>
    [JsonPropertyName("encoder_ffn_dim")]
    public override int InnerSize { get; init; } = 3072;

    /// <summary>Width inside the decoder's feed-forward blocks.</summary>
    [JsonPropertyName("decoder_ffn_dim")]
    public int DecoderInnerSize { get; init; } = 3072;

    /// <inheritdoc/>
    [JsonPropertyName("max_position_embeddings")]
    public override int MaxLength { get; init; } = 1024;

    /// <summary>Whether token vectors are multiplied by √hidden size.</summary>
    [JsonPropertyName("scale_embedding")]
    public bool IsEmbeddingScaled { get; init; }

    /// <summary>Name of the activation in the feed-forward blocks.</summary>
    [JsonPropertyName("activation_function")]
    public string Activation { get; init; } = "gelu";

    /// <summary>Probability with which a value of the embedding or of a sublayer's output is dropped in training.</summary>
    [JsonPropertyName("dropout")]
    public double Dropout { get; init; } = 0.1;

    /// <summary>Probability with which an attention weight is dropped in training.</summary>
    [JsonPropertyName("attention_dropout")]
    public double AttentionDropout { get; init; }

    /// <summary>Probability with which a value inside the feed-forward blocks is dropped in training.</summary>
    [JsonPropertyName("activation_dropout")]
    public double ActivationDropout { get; init; }

    /// <summary>Probability with which a value is dropped before a classifier's map and before its scores, in training.</summary>
    [JsonPropertyName("classifier_dropout")]
    public double ClassifierDropout { get; init; }

    /// <inheritdoc/>
    [JsonPropertyName("pad_token_id")]
    public override int PaddingId { get; init; } = 1;

    /// <inheritdoc/>
    [JsonPropertyName("init_std")]
    public override double InitializerRange { get; init; } = 0.02;

    /// <inheritdoc/>
    [JsonPropertyName("is_encoder_decoder")]
    public override bool IsEncoderDecoder => true;

    /// <inheritdoc/>
    [JsonIgnore]
    public override ClassifierStyle Classifier => ClassifierPooling is null or Pooling.Last
        ? new(Pooling.Last, "tanh", ClassifierDropout, InputDropout: ClassifierDropout)
        : new(ClassifierPooling.Value, null, ClassifierDropout);

    /// <inheritdoc/>
    [JsonIgnore]
    public override LanguageModelStyle LanguageModel => new(IsTied: true, HasBias: true);
}
