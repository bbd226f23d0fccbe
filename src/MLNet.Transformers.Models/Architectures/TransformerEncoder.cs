using System.Text.Json.Serialization;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>The config of a pre-norm encoder that trains from scratch.</summary>
public sealed record TransformerEncoderConfig : TextConfig
{
    /// <inheritdoc/>
    protected override string Family => "transformer-encoder";

    /// <inheritdoc/>
    [JsonPropertyName("vocab_size")]
    public override int VocabularySize { get; init; } = 16384;

    /// <inheritdoc/>
    [JsonPropertyName("hidden_size")]
    public override int HiddenSize { get; init; } = 128;

    /// <inheritdoc/>
    [JsonPropertyName("num_hidden_layers")]
    public override int Layers { get; init; } = 2;

    /// <inheritdoc/>
    [JsonPropertyName("num_attention_heads")]
    public override int Heads { get; init; } = 4;

    /// <inheritdoc/>
    [JsonPropertyName("intermediate_size")]
    public override int InnerSize { get; init; } = 512;

    /// <inheritdoc/>
    [JsonPropertyName("max_position_embeddings")]
    public override int MaxLength { get; init; } = 256;

    /// <summary>Number of segments; 0 for a model without.</summary>
    [JsonPropertyName("type_vocab_size")]
    public int Types { get; init; }

    /// <summary>Name of the activation in the feed-forward blocks.</summary>
    [JsonPropertyName("hidden_act")]
    public string Activation { get; init; } = "gelu";

    /// <summary>Probability with which a value of a sublayer's output, or an attention weight, is dropped in training.</summary>
    [JsonPropertyName("hidden_dropout_prob")]
    public double Dropout { get; init; } = 0.1;

    /// <summary>Added to the variance in the norms.</summary>
    [JsonPropertyName("layer_norm_eps")]
    public double NormEpsilon { get; init; } = 1e-5;

    /// <inheritdoc/>
    [JsonPropertyName("pad_token_id")]
    public override int PaddingId { get; init; }

    /// <inheritdoc/>
    [JsonPropertyName("initializer_range")]
    public override double InitializerRange { get; init; } = 0.02;

    /// <inheritdoc/>
    [JsonIgnore]
    public override ClassifierStyle Classifier => new(ClassifierPooling ?? Pooling.MeanMax, null, Dropout);

    /// <inheritdoc/>
    [JsonIgnore]
    public override MaskedLanguageModelStyle MaskedLanguageModel => new(Activation, NormEpsilon);
}

/// <summary>
/// An encoder to train from scratch in minutes: the layers of <see href="https://arxiv.org/abs/1706.03762">Attention Is All You Need</see>,
/// normalised first as <see href="https://arxiv.org/abs/2002.04745">Xiong et al., 2020</see> advise, with learned positions.
/// </summary>
public static class TransformerEncoder
{
    private const string Names =
        """
        encoder.token_embedding                           = backbone.embedding.tokens
        encoder.position_embedding                        = backbone.embedding.positions
        encoder.type_embedding                            = backbone.embedding.types
        encoder.layers.{}.attention.{query,key,value}     = backbone.stack.layers.{}.attention.projection
        encoder.layers.{}.attention.output                = backbone.stack.layers.{}.attention.output
        encoder.layers.{}.attention_norm                  = backbone.stack.layers.{}.attentionNorm
        encoder.layers.{}.feed_forward.{inner,output}     = backbone.stack.layers.{}.feedForward.{inner,output}
        encoder.layers.{}.feed_forward_norm               = backbone.stack.layers.{}.feedForwardNorm
        encoder.norm                                      = backbone.stack.norm
        classifier                                        = head.output
        pooler                                            = head.dense
        span                                              = head.span
        masked_language_model.{transform,transform_norm}  = head.{transform,transformNorm}
        masked_language_model.bias                        = head.bias
        masked_language_model.order                       = head.order
        """;

    /// <summary>Two layers, 128 wide: minutes on two CPU cores.</summary>
    public static TransformerEncoderConfig Small { get; } = new();

    /// <summary>The family.</summary>
    public static Architecture Architecture { get; } = Architecture.Of<TransformerEncoderConfig>("transformer-encoder", Build, Names, ("small", Small));

    private static TextStack Build(TransformerEncoderConfig config) => new(
        new TokenEmbedding(
            Embedding(config.VocabularySize, config.HiddenSize),
            new LearnedPositions(config.MaxLength, config.HiddenSize),
            config.Types > 0 ? Embedding(config.Types, config.HiddenSize) : null,
            dropout: config.Dropout),
        new LayerStack(
            Enumerable.Range(0, config.Layers).Select(_ => new Layer(
                NormOrder.Pre,
                new Attention(config.HiddenSize, config.Heads, dropout: config.Dropout),
                Norm.Layer(config.HiddenSize, config.NormEpsilon),
                new FeedForward(config.HiddenSize, config.InnerSize, Activation.Find(config.Activation)),
                Norm.Layer(config.HiddenSize, config.NormEpsilon),
                config.Dropout)),
            Norm.Layer(config.HiddenSize, config.NormEpsilon)));
}
