using System.Text.Json.Serialization;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>The config of a DistilBERT model.</summary>
public sealed record DistilBertConfig : TextConfig
{
    /// <inheritdoc/>
    protected override string Family => "distilbert";

    /// <inheritdoc/>
    [JsonPropertyName("vocab_size")]
    public override int VocabularySize { get; init; } = 30522;

    /// <inheritdoc/>
    [JsonPropertyName("dim")]
    public override int HiddenSize { get; init; } = 768;

    /// <inheritdoc/>
    [JsonPropertyName("n_layers")]
    public override int Layers { get; init; } = 6;

    /// <inheritdoc/>
    [JsonPropertyName("n_heads")]
    public override int Heads { get; init; } = 12;

    /// <inheritdoc/>
    [JsonPropertyName("hidden_dim")]
    public override int InnerSize { get; init; } = 3072;

    /// <inheritdoc/>
    [JsonPropertyName("max_position_embeddings")]
    public override int MaxLength { get; init; } = 512;

    /// <summary>Whether the table of positions was filled with sines and cosines before it was trained; it is read from the weights either way.</summary>
    [JsonPropertyName("sinusoidal_pos_embds")]
    public bool SinusoidalPositions { get; init; }

    /// <summary>Name of the activation in the feed-forward blocks.</summary>
    [JsonPropertyName("activation")]
    public string Activation { get; init; } = "gelu";

    /// <summary>Probability with which a value of the embedding or of a feed-forward block's output is dropped in training.</summary>
    [JsonPropertyName("dropout")]
    public double Dropout { get; init; } = 0.1;

    /// <summary>Probability with which an attention weight is dropped in training.</summary>
    [JsonPropertyName("attention_dropout")]
    public double AttentionDropout { get; init; } = 0.1;

    /// <summary>Probability with which a value is dropped before a sequence classifier's scores.</summary>
    [JsonPropertyName("seq_classif_dropout")]
    public double ClassifierDropout { get; init; } = 0.2;

    /// <inheritdoc/>
    [JsonPropertyName("pad_token_id")]
    public override int PaddingId { get; init; }

    /// <inheritdoc/>
    [JsonPropertyName("initializer_range")]
    public override double InitializerRange { get; init; } = 0.02;

    /// <inheritdoc/>
    [JsonIgnore]
    public override ClassifierStyle Classifier => ClassifierPooling is null or Pooling.Cls
        ? new(Pooling.Cls, "relu", ClassifierDropout)
        : new(ClassifierPooling.Value, null, ClassifierDropout);

    /// <inheritdoc/>
    [JsonIgnore]
    public override double TokenDropout => Dropout;

    /// <inheritdoc/>
    [JsonIgnore]
    public override MaskedLanguageModelStyle MaskedLanguageModel => new(Activation, DistilBert.NormEpsilon);
}

/// <summary>DistilBERT, <see href="https://arxiv.org/abs/1910.01108">Sanh et al., 2019</see>: a BERT of half the layers, without segments, taught by BERT.</summary>
public static class DistilBert
{
    /// <summary>Added to the variance in the norms; no published config says otherwise.</summary>
    internal const double NormEpsilon = 1e-12;

    private static readonly DistilBertConfig Base = new();

    private const string Names =
        """
        distilbert.embeddings.word_embeddings                       = backbone.embedding.tokens
        distilbert.embeddings.position_embeddings                   = backbone.embedding.positions
        distilbert.embeddings.LayerNorm                             = backbone.embedding.norm
        distilbert.embeddings.position_ids                          =
        distilbert.transformer.layer.{}.attention.{q,k,v}_lin   = backbone.stack.layers.{}.attention.projection
        distilbert.transformer.layer.{}.attention.out_lin           = backbone.stack.layers.{}.attention.output
        distilbert.transformer.layer.{}.sa_layer_norm               = backbone.stack.layers.{}.attentionNorm
        distilbert.transformer.layer.{}.ffn.lin1                    = backbone.stack.layers.{}.feedForward.inner
        distilbert.transformer.layer.{}.ffn.lin2                    = backbone.stack.layers.{}.feedForward.output
        distilbert.transformer.layer.{}.output_layer_norm           = backbone.stack.layers.{}.feedForwardNorm
        pre_classifier                                              = head.dense
        classifier                                                  = head.output
        qa_outputs                                                  = head.span
        vocab_transform                                             = head.transform
        vocab_layer_norm                                            = head.transformNorm
        vocab_projector.bias                                        = head.bias
        vocab_projector.weight                                      =
        """;

    /// <summary>The family.</summary>
    public static Architecture Architecture { get; } = Architecture.Of<DistilBertConfig>(
        "distilbert",
        Build,
        Names,
        ("distilbert-base-uncased", Base),
        ("distilbert-base-cased", Base with { VocabularySize = 28996 }),
        ("distilbert-base-multilingual-cased", Base with { VocabularySize = 119547 }));

    private static TextStack Build(DistilBertConfig config) => new(
        new TokenEmbedding(
            Embedding(config.VocabularySize, config.HiddenSize),
            new LearnedPositions(config.MaxLength, config.HiddenSize),
            norm: Norm.Layer(config.HiddenSize, NormEpsilon),
            dropout: config.Dropout),
        new LayerStack(Enumerable.Range(0, config.Layers).Select(_ => new Layer(
            NormOrder.Post,
            new Attention(config.HiddenSize, config.Heads, dropout: config.AttentionDropout),
            Norm.Layer(config.HiddenSize, NormEpsilon),
            new FeedForward(config.HiddenSize, config.InnerSize, Activation.Find(config.Activation)),
            Norm.Layer(config.HiddenSize, NormEpsilon),
            config.Dropout))));
}
