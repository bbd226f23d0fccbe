using System.Text.Json.Serialization;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>The config of a BERT model.</summary>
public sealed record BertConfig : ModelConfig
{
    /// <inheritdoc/>
    public override string ModelType => "bert";

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

    /// <inheritdoc/>
    [JsonPropertyName("max_position_embeddings")]
    public override int MaxLength { get; init; } = 512;

    /// <summary>Number of segments.</summary>
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

    /// <summary>Probability with which a value is dropped before a classifier's scores; null for that of the sublayers.</summary>
    [JsonPropertyName("classifier_dropout")]
    public double? ClassifierDropout { get; init; }

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
    public override ClassifierStyle Classifier => ClassifierPooling is null or Pooling.Cls
        ? new(Pooling.Cls, "tanh", ClassifierDropout ?? Dropout)
        : new(ClassifierPooling.Value, null, ClassifierDropout ?? Dropout);

    /// <inheritdoc/>
    [JsonIgnore]
    public override MaskedLanguageModelStyle MaskedLanguageModel => new(Activation, NormEpsilon);
}

/// <summary>BERT: <see href="https://arxiv.org/abs/1810.04805">Devlin et al., 2019</see>.</summary>
public static class Bert
{
    private static readonly BertConfig Base = new();

    private const string Names =
        """
        bert.embeddings.word_embeddings                        = backbone.embedding.tokens
        bert.embeddings.position_embeddings                    = backbone.embedding.positions
        bert.embeddings.token_type_embeddings                  = backbone.embedding.types
        bert.embeddings.LayerNorm                              = backbone.embedding.norm
        bert.embeddings.position_ids                           =
        bert.encoder.layer.{}.attention.self.{query,key,value} = backbone.encoder.layers.{}.attention.projection
        bert.encoder.layer.{}.attention.output.dense           = backbone.encoder.layers.{}.attention.output
        bert.encoder.layer.{}.attention.output.LayerNorm       = backbone.encoder.layers.{}.attentionNorm
        bert.encoder.layer.{}.intermediate.dense               = backbone.encoder.layers.{}.feedForward.inner
        bert.encoder.layer.{}.output.dense                     = backbone.encoder.layers.{}.feedForward.output
        bert.encoder.layer.{}.output.LayerNorm                 = backbone.encoder.layers.{}.feedForwardNorm
        bert.pooler.dense                                      = head.dense
        classifier                                             = head.output
        qa_outputs                                             = head.span
        cls.predictions.transform.dense                        = head.transform
        cls.predictions.transform.LayerNorm                    = head.transformNorm
        cls.predictions.bias                                   = head.bias
        cls.predictions.decoder                                =
        cls.seq_relationship                                   = head.order
        """;

    /// <summary>The family.</summary>
    public static Architecture Architecture { get; } = Architecture.Of<BertConfig>(
        "bert",
        Build,
        Names,
        ("bert-base-uncased", Base),
        ("bert-base-cased", Base with { VocabularySize = 28996 }),
        ("bert-large-uncased", Base with { HiddenSize = 1024, Layers = 24, Heads = 16, InnerSize = 4096 }),
        ("bert-base-multilingual-cased", Base with { VocabularySize = 119547 }));

    private static TextEncoder Build(BertConfig config) => new(
        new TokenEmbedding(
            Embedding(config.VocabularySize, config.HiddenSize),
            new LearnedPositions(config.MaxLength, config.HiddenSize),
            Embedding(config.Types, config.HiddenSize),
            Norm.Layer(config.HiddenSize, config.NormEpsilon),
            config.Dropout),
        new Encoder(Enumerable.Range(0, config.Layers).Select(_ => new Layer(
            NormOrder.Post,
            new Attention(config.HiddenSize, config.Heads, dropout: config.AttentionDropout),
            Norm.Layer(config.HiddenSize, config.NormEpsilon),
            new FeedForward(config.HiddenSize, config.InnerSize, Activation.Find(config.Activation)),
            Norm.Layer(config.HiddenSize, config.NormEpsilon),
            config.Dropout))));
}
