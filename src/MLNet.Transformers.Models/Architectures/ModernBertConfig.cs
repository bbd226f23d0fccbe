using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>The config of a ModernBERT model; the defaults are the sizes of the published base model.</summary>
public sealed record ModernBertConfig : TextConfig
{
    private const string GlobalType = "full_attention";
    private const string LocalType = "sliding_attention";

    /// <inheritdoc/>
    protected override string Family => "modernbert";

    /// <inheritdoc/>
    [JsonPropertyName("vocab_size")]
    public override int VocabularySize { get; init; } = 50368;

    /// <inheritdoc/>
    [JsonPropertyName("hidden_size")]
    public override int HiddenSize { get; init; } = 768;

    /// <inheritdoc/>
    [JsonPropertyName("num_hidden_layers")]
    public override int Layers { get; init; } = 22;

    /// <inheritdoc/>
    [JsonPropertyName("num_attention_heads")]
    public override int Heads { get; init; } = 12;

    /// <inheritdoc/>
    [JsonPropertyName("intermediate_size")]
    public override int InnerSize { get; init; } = 1152;

    /// <inheritdoc/>
    [JsonPropertyName("max_position_embeddings")]
    public override int MaxLength { get; init; } = 8192;

    /// <summary>Number of keys that a local layer's query sees, half of them on either side.</summary>
    [JsonPropertyName("local_attention")]
    public int LocalAttention { get; init; } = 128;

    /// <summary>Every so many layers, from the first on, one sees all positions; the others are local.</summary>
    [JsonPropertyName("global_attn_every_n_layers")]
    public int GlobalEvery { get; init; } = 3;

    /// <summary>How the angles of the global layers shrink.</summary>
    [JsonPropertyName("global_rope_theta")]
    public double GlobalTheta { get; init; } = 160000;

    /// <summary>How the angles of the local layers shrink; null for as those of the global ones.</summary>
    [JsonPropertyName("local_rope_theta")]
    public double? LocalTheta { get; init; } = 10000;

    /// <summary>The kind of each layer, which goes before <see cref="GlobalEvery"/>: newer files have it.</summary>
    [JsonPropertyName("layer_types")]
    public IReadOnlyList<string>? LayerTypes { get; init; }

    /// <summary>How the angles of each kind of layer shrink, which goes before the thetas: newer files have it.</summary>
    [JsonPropertyName("rope_parameters")]
    public IReadOnlyDictionary<string, RotaryParameters>? RotaryParameters { get; init; }

    /// <summary>Name of the activation in the feed-forward blocks.</summary>
    [JsonPropertyName("hidden_activation")]
    public string Activation { get; init; } = "gelu";

    /// <summary>Name of the activation in the heads.</summary>
    [JsonPropertyName("classifier_activation")]
    public string ClassifierActivation { get; init; } = "gelu";

    /// <summary>Added to the variance in the norms.</summary>
    [JsonPropertyName("norm_eps")]
    public double NormEpsilon { get; init; } = 1e-5;

    /// <summary>Whether the norms add a bias.</summary>
    [JsonPropertyName("norm_bias")]
    public bool NormBias { get; init; }

    /// <summary>Whether the maps of attention add a bias.</summary>
    [JsonPropertyName("attention_bias")]
    public bool AttentionBias { get; init; }

    /// <summary>Whether the maps of the feed-forward blocks add a bias.</summary>
    [JsonPropertyName("mlp_bias")]
    public bool FeedForwardBias { get; init; }

    /// <summary>Whether the map of the heads adds a bias.</summary>
    [JsonPropertyName("classifier_bias")]
    public bool ClassifierBias { get; init; }

    /// <summary>Probability with which a value of the embedding is dropped in training.</summary>
    [JsonPropertyName("embedding_dropout")]
    public double EmbeddingDropout { get; init; }

    /// <summary>Probability with which an attention weight is dropped in training.</summary>
    [JsonPropertyName("attention_dropout")]
    public double AttentionDropout { get; init; }

    /// <summary>Probability with which a value of a sublayer's output is dropped in training.</summary>
    [JsonPropertyName("mlp_dropout")]
    public double FeedForwardDropout { get; init; }

    /// <summary>Probability with which a value is dropped before a classifier's scores.</summary>
    [JsonPropertyName("classifier_dropout")]
    public double ClassifierDropout { get; init; }

    /// <inheritdoc/>
    [JsonPropertyName("pad_token_id")]
    public override int PaddingId { get; init; } = 50283;

    /// <inheritdoc/>
    [JsonPropertyName("initializer_range")]
    public override double InitializerRange { get; init; } = 0.02;

    /// <inheritdoc/>
    [JsonIgnore]
    public override ClassifierStyle Classifier =>
        new(ClassifierPooling ?? Pooling.Cls, ClassifierActivation, ClassifierDropout, Bias: ClassifierBias, Norm: new(NormEpsilon, NormBias));

    /// <inheritdoc/>
    [JsonIgnore]
    public override MaskedLanguageModelStyle MaskedLanguageModel => new(ClassifierActivation, NormEpsilon, ClassifierBias);

    /// <inheritdoc/>
    [JsonIgnore]
    public override MaskedLanguageModelStyle TokenMap => MaskedLanguageModel;

    /// <summary>Whether a layer, counted from 0, sees only near positions.</summary>
    /// <exception cref="NotSupportedException">The config gives the layer an unknown kind.</exception>
    public bool IsLocal(int layer) => LayerTypes is null ? layer % GlobalEvery != 0 : LayerTypes[layer] switch
    {
        GlobalType => false,
        LocalType => true,
        var type => throw new NotSupportedException($"Layers of type '{type}' (layer_types) are unknown; known are {GlobalType} and {LocalType}."),
    };

    /// <summary>How the angles of a kind of layer shrink.</summary>
    /// <exception cref="NotSupportedException">The config asks for angles that are scaled.</exception>
    public double Theta(bool isLocal)
    {
        var fallback = isLocal ? LocalTheta ?? GlobalTheta : GlobalTheta;
        if (RotaryParameters?.GetValueOrDefault(isLocal ? LocalType : GlobalType) is not { } parameters)
            return fallback;
        return parameters.Type is null or "default"
            ? parameters.Theta ?? fallback
            : throw new NotSupportedException($"Rotary positions of type '{parameters.Type}' (rope_parameters) are unknown; known is default.");
    }
}
