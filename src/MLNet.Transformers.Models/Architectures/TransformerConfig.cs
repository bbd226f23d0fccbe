using System.Text.Json.Serialization;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>The config of the transformer of 2017; the defaults are the sizes of its base model.</summary>
public sealed record TransformerConfig : TextConfig
{
    private double? initializerRange;

    /// <summary>The token ids that tokenizers trained from scratch give: 0 for padding, 1 and 2 for the beginning and the end.</summary>
    public TransformerConfig()
    {
        BosId = 1;
        EosIds = [2];
        DecoderStartId = 1;
    }

    /// <inheritdoc/>
    protected override string Family => "transformer";

    /// <inheritdoc/>
    [JsonPropertyName("vocab_size")]
    public override int VocabularySize { get; init; } = 37000;

    /// <summary>Number of token ids of the target, where it has a vocabulary of its own; null where both sides share one.</summary>
    [JsonPropertyName("decoder_vocab_size")]
    public int? TargetVocabularySize { get; init; }

    /// <inheritdoc/>
    [JsonPropertyName("hidden_size")]
    public override int HiddenSize { get; init; } = 512;

    /// <summary>Number of the encoder's layers.</summary>
    [JsonPropertyName("encoder_layers")]
    public override int Layers { get; init; } = 6;

    /// <summary>Number of the decoder's layers.</summary>
    [JsonPropertyName("decoder_layers")]
    public int DecoderLayers { get; init; } = 6;

    /// <inheritdoc/>
    [JsonPropertyName("num_attention_heads")]
    public override int Heads { get; init; } = 8;

    /// <inheritdoc/>
    [JsonPropertyName("intermediate_size")]
    public override int InnerSize { get; init; } = 2048;

    /// <inheritdoc/>
    [JsonPropertyName("max_position_embeddings")]
    public override int MaxLength { get; init; } = 1024;

    /// <summary>How positions become vectors.</summary>
    [JsonPropertyName("position_encoding"), JsonConverter(typeof(SnakeCaseConverter<PositionEncoding>))]
    public PositionEncoding Positions { get; init; } = PositionEncoding.Sinusoidal;

    /// <summary>The position of the first token, for the sinusoids: 0, but 1 in OpenNMT.</summary>
    [JsonPropertyName("first_position")]
    public int FirstPosition { get; init; }

    /// <summary>Where the layers normalise: after their sums, as in the paper, or before their sublayers, which trains without long warm-up.</summary>
    [JsonPropertyName("norm_order"), JsonConverter(typeof(SnakeCaseConverter<NormOrder>))]
    public NormOrder NormOrder { get; init; } = NormOrder.Post;

    /// <summary>Name of the activation in the feed-forward blocks.</summary>
    [JsonPropertyName("hidden_act")]
    public string Activation { get; init; } = "relu";

    /// <summary>Probability with which a value of the embedding or of a sublayer's output is dropped in training.</summary>
    [JsonPropertyName("hidden_dropout_prob")]
    public double Dropout { get; init; } = 0.1;

    /// <summary>Probability with which an attention weight is dropped in training.</summary>
    [JsonPropertyName("attention_probs_dropout_prob")]
    public double AttentionDropout { get; init; }

    /// <summary>Probability with which a value inside the feed-forward blocks is dropped in training.</summary>
    [JsonPropertyName("activation_dropout_prob")]
    public double ActivationDropout { get; init; }

    /// <summary>Added to the variance in the norms.</summary>
    [JsonPropertyName("layer_norm_eps")]
    public double NormEpsilon { get; init; } = 1e-5;

    /// <summary>Whether the target's token vectors are the last map too, as in the paper.</summary>
    [JsonPropertyName("tie_word_embeddings")]
    public bool IsTied { get; init; } = true;

    /// <summary>Whether the last map adds a bias.</summary>
    [JsonPropertyName("output_bias")]
    public bool HasOutputBias { get; init; }

    /// <inheritdoc/>
    [JsonPropertyName("pad_token_id")]
    public override int PaddingId { get; init; }

    /// <summary>Standard deviation of fresh token vectors; 1 / √hidden size where nothing else is said. Maps start as Glorot and Bengio advise.</summary>
    [JsonPropertyName("initializer_range")]
    public override double InitializerRange
    {
        get => initializerRange ?? 1 / Math.Sqrt(HiddenSize);
        init => initializerRange = value;
    }

    /// <inheritdoc/>
    [JsonPropertyName("is_encoder_decoder")]
    public override bool IsEncoderDecoder => true;

    /// <inheritdoc/>
    [JsonIgnore]
    public override ClassifierStyle Classifier => new(ClassifierPooling ?? Pooling.Last, null, Dropout);

    /// <inheritdoc/>
    [JsonIgnore]
    public override LanguageModelStyle LanguageModel => new(IsTied, HasOutputBias);

    /// <inheritdoc/>
    internal override void Initialize(Module model) => Initialization.Glorot(model, InitializerRange);
}
