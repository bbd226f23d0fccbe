using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>A config with the keys of BERT's <c>config.json</c>, which most encoders since have kept; the defaults are those of BERT's base model.</summary>
public abstract record EncoderConfig : TextConfig
{
    /// <inheritdoc/>
    [JsonPropertyName("vocab_size")]
    public override int VocabularySize { get; init; } = 30522;

    /// <inheritdoc/>
    [JsonPropertyName("hidden_size")]
    public override int HiddenSize { get; init; } = 768;

    /// <inheritdoc/>
    [JsonPropertyName("num_hidden_layers")]
    public override int Layers { get; init; } = 12;

    /// <inheritdoc/>
    [JsonPropertyName("num_attention_heads")]
    public override int Heads { get; init; } = 12;

    /// <inheritdoc/>
    [JsonPropertyName("intermediate_size")]
    public override int InnerSize { get; init; } = 3072;

    /// <summary>Number of rows in the table of positions.</summary>
    [JsonPropertyName("max_position_embeddings")]
    public int Positions { get; init; } = 512;

    /// <inheritdoc/>
    [JsonIgnore]
    public override int MaxLength
    {
        get => Positions - FirstPosition;
        init => Positions = value + FirstPosition;
    }

    /// <summary>Number of segments; 0 for a model without.</summary>
    [JsonPropertyName("type_vocab_size")]
    public int Types { get; init; } = 2;

    /// <summary>Name of the activation in the feed-forward blocks.</summary>
    [JsonPropertyName("hidden_act")]
    public string Activation { get; init; } = "gelu";

    /// <summary>Probability with which a value of a sublayer's output is dropped in training.</summary>
    [JsonPropertyName("hidden_dropout_prob")]
    public double Dropout { get; init; } = 0.1;

    /// <summary>Probability with which an attention weight is dropped in training.</summary>
    [JsonPropertyName("attention_probs_dropout_prob")]
    public double AttentionDropout { get; init; } = 0.1;

    /// <summary>Added to the variance in the norms.</summary>
    [JsonPropertyName("layer_norm_eps")]
    public double NormEpsilon { get; init; } = 1e-12;

    /// <inheritdoc/>
    [JsonPropertyName("pad_token_id")]
    public override int PaddingId { get; init; }

    /// <inheritdoc/>
    [JsonPropertyName("initializer_range")]
    public override double InitializerRange { get; init; } = 0.02;

    /// <inheritdoc/>
    [JsonIgnore]
    public override MaskedLanguageModelStyle MaskedLanguageModel => new(Activation, NormEpsilon);

    /// <summary>The row of the table of positions that belongs to a sequence's first token.</summary>
    protected virtual int FirstPosition => 0;
}
