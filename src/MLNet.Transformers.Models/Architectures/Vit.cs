namespace MLNet.Transformers.Models;

/// <summary>The config of a ViT model.</summary>
public sealed record VitConfig : ImageEncoderConfig
{
    /// <inheritdoc/>
    protected override string Family => "vit";
}

/// <summary>ViT: <see href="https://arxiv.org/abs/2010.11929">Dosovitskiy et al., 2021</see>.</summary>
public static class Vit
{
    private static readonly VitConfig Base = new();

    /// <summary>The family.</summary>
    public static Architecture Architecture { get; } = Architecture.Of<VitConfig>(
        "vit",
        Build,
        """
        vit.embeddings.cls_token                                               = backbone.embedding.classToken
        vit.embeddings.position_embeddings                                     = backbone.embedding.positions.weight
        vit.embeddings.patch_embeddings.projection                             = backbone.embedding.projection
        vit.encoder.layer.{}.attention.attention.{query,key,value}             = backbone.stack.layers.{}.attention.projection
        vit.encoder.layer.{}.attention.output.dense                            = backbone.stack.layers.{}.attention.output
        vit.encoder.layer.{}.layernorm_before                                  = backbone.stack.layers.{}.attentionNorm
        vit.encoder.layer.{}.layernorm_after                                   = backbone.stack.layers.{}.feedForwardNorm
        vit.encoder.layer.{}.intermediate.dense                                = backbone.stack.layers.{}.feedForward.inner
        vit.encoder.layer.{}.output.dense                                      = backbone.stack.layers.{}.feedForward.output
        vit.layernorm                                                          = backbone.stack.norm
        vit.pooler.dense                                                       =
        classifier                                                             = head.output
        """,
        ("vit-base-patch16-224", Base),
        ("vit-base-patch16-384", Base with { ImageSize = 384 }),
        ("vit-large-patch16-224", Base with { HiddenSize = 1024, Layers = 24, Heads = 16, InnerSize = 4096 }));

    private static ImageStack Build(VitConfig config) => new(
        new PatchEmbedding(
            new PatchProjection(config.Channels, config.PatchSize, config.HiddenSize),
            config.HiddenSize,
            positions: new PatchPositions(config.Grid, 1, config.HiddenSize),
            dropout: config.Dropout),
        new LayerStack(Enumerable.Range(0, config.Layers).Select(_ => LayerOf(config)), Norm.Layer(config.HiddenSize, config.NormEpsilon)));

    private static Layer LayerOf(VitConfig config) => new(
        NormOrder.Pre,
        new Attention(config.HiddenSize, config.Heads, bias: config.AttentionBias, outputBias: true, dropout: config.AttentionDropout),
        Norm.Layer(config.HiddenSize, config.NormEpsilon),
        new FeedForward(config.HiddenSize, config.InnerSize, Activation.Find(config.Activation)),
        Norm.Layer(config.HiddenSize, config.NormEpsilon),
        config.Dropout);
}
