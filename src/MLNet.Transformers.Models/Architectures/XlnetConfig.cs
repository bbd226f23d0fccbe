using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>The config of an XLNet model; the defaults are those of its base model.</summary>
public sealed record XlnetConfig : TextConfig
{
    /// <inheritdoc/>
    protected override string Family => "xlnet";

    /// <inheritdoc/>
    [JsonPropertyName("vocab_size")]
    public override int VocabularySize { get; init; } = 32000;

    /// <inheritdoc/>
    [JsonPropertyName("d_model")]
    public override int HiddenSize { get; init; } = 768;

    /// <inheritdoc/>
    [JsonPropertyName("n_layer")]
    public override int Layers { get; init; } = 12;

    /// <inheritdoc/>
    [JsonPropertyName("n_head")]
    public override int Heads { get; init; } = 12;

    /// <inheritdoc/>
    [JsonPropertyName("d_inner")]
    public override int InnerSize { get; init; } = 3072;

    /// <summary>Greatest number of tokens to give the model at once; it knows no limit of its own, but was trained on 512.</summary>
    [JsonPropertyName("max_sequence_length")]
    public override int MaxLength { get; init; } = 512;

    /// <summary>Name of the activation in the feed-forward blocks.</summary>
    [JsonPropertyName("ff_activation")]
    public string Activation { get; init; } = "gelu";

    /// <summary>Which positions a token sees: <c>bi</c> for all.</summary>
    [JsonPropertyName("attn_type")]
    public string AttentionType { get; init; } = "bi";

    /// <summary>Greater distances count as this one; below 1 for no limit.</summary>
    [JsonPropertyName("clamp_len")]
    public int MaxDistance { get; init; } = -1;

    /// <summary>Probability with which a value, or an attention weight, is dropped in training.</summary>
    [JsonPropertyName("dropout")]
    public double Dropout { get; init; } = 0.1;

    /// <summary>Which token's state sums a sequence up for a classifier: <c>last</c> or <c>first</c>, or the <c>mean</c> of all.</summary>
    [JsonPropertyName("summary_type")]
    public string SummaryType { get; init; } = "last";

    /// <summary>Whether a classifier maps that state before its scores.</summary>
    [JsonPropertyName("summary_use_proj")]
    public bool SummaryHasMap { get; init; } = true;

    /// <summary>Name of the activation after a classifier's first map.</summary>
    [JsonPropertyName("summary_activation")]
    public string SummaryActivation { get; init; } = "tanh";

    /// <summary>Probability with which a value is dropped before a classifier's scores.</summary>
    [JsonPropertyName("summary_last_dropout")]
    public double SummaryDropout { get; init; } = 0.1;

    /// <summary>Added to the variance in the norms.</summary>
    [JsonPropertyName("layer_norm_eps")]
    public double NormEpsilon { get; init; } = 1e-12;

    /// <inheritdoc/>
    [JsonPropertyName("pad_token_id")]
    public override int PaddingId { get; init; } = 5;

    /// <inheritdoc/>
    [JsonPropertyName("initializer_range")]
    public override double InitializerRange { get; init; } = 0.02;

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The summary's type is unknown.</exception>
    [JsonIgnore]
    public override ClassifierStyle Classifier => ClassifierPooling is null || ClassifierPooling == SummaryPooling
        ? new(SummaryPooling, SummaryHasMap ? SummaryActivation : null, SummaryDropout)
        : new(ClassifierPooling.Value, null, SummaryDropout);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: XLNet learns by another task.</exception>
    [JsonIgnore]
    public override MaskedLanguageModelStyle MaskedLanguageModel =>
        throw new NotSupportedException("XLNet learns from permutations of its tokens, not from masked ones; it has no head for them.");

    private Pooling SummaryPooling => SummaryType switch
    {
        "last" => Pooling.Last,
        "first" => Pooling.Cls,
        "mean" => Pooling.Mean,
        _ => throw new NotSupportedException($"The summary \"summary_type\": \"{SummaryType}\" is unknown; known are last, first and mean."),
    };
}
