using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>The config of a ViT model.</summary>
public sealed record VitConfig : ImageEncoderConfig
{
    /// <inheritdoc/>
    protected override string Family => "vit";
}

/// <summary>
/// ViT: <see href="https://arxiv.org/abs/2010.11929">Dosovitskiy et al., 2021</see>. The models of DINO,
/// <see href="https://arxiv.org/abs/2104.14294">Caron et al., 2021</see>, and those of DeiT without a distillation token are published as such.
/// </summary>
public static class Vit
{
    private static readonly VitConfig Base = new();
    private static readonly VitConfig Small = Base with { HiddenSize = 384, Heads = 6, InnerSize = 1536 };
    private static readonly VitConfig Tiny = Base with { HiddenSize = 192, Heads = 3, InnerSize = 768 };

    /// <summary>The family.</summary>
    public static Architecture Architecture { get; } = Architecture.Of<VitConfig>(
        "vit",
        Build,
        $"""
        {Names("vit")}
        vit.embeddings.mask_token =
        vit.pooler.dense          =
        classifier                = head.output
        """,
        ("vit-base-patch16-224", Base),
        ("vit-base-patch16-384", Base with { ImageSize = 384 }),
        ("vit-large-patch16-224", Base with { HiddenSize = 1024, Layers = 24, Heads = 16, InnerSize = 4096 }),
        ("vit-base-patch16-224-in21k", Base),
        ("deit-tiny-patch16-224", Tiny),
        ("deit-small-patch16-224", Small),
        ("deit-base-patch16-224", Base),
        ("dino-vits16", Small),
        ("dino-vits8", Small with { PatchSize = 8 }),
        ("dino-vitb16", Base),
        ("dino-vitb8", Base with { PatchSize = 8 }));

    /// <summary>Published names of an encoder that keeps ViT's.</summary>
    /// <param name="prefix">The family's own first segment.</param>
    /// <param name="attention">Our name of a layer's attention, below whatever wraps it.</param>
    internal static string Names(string prefix, string attention = "attention") =>
        $$"""
        {{prefix}}.embeddings.cls_token                                   = backbone.embedding.classToken
        {{prefix}}.embeddings.position_embeddings                         = backbone.embedding.positions.weight
        {{prefix}}.embeddings.patch_embeddings.projection                 = backbone.embedding.projection
        {{prefix}}.encoder.layer.{}.attention.attention.{query,key,value} = backbone.stack.layers.{}.{{attention}}.projection
        {{prefix}}.encoder.layer.{}.attention.output.dense                = backbone.stack.layers.{}.{{attention}}.output
        {{prefix}}.encoder.layer.{}.layernorm_before                      = backbone.stack.layers.{}.attentionNorm
        {{prefix}}.encoder.layer.{}.layernorm_after                       = backbone.stack.layers.{}.feedForwardNorm
        {{prefix}}.encoder.layer.{}.intermediate.dense                    = backbone.stack.layers.{}.feedForward.inner
        {{prefix}}.encoder.layer.{}.output.dense                          = backbone.stack.layers.{}.feedForward.output
        {{prefix}}.layernorm                                              = backbone.stack.norm
        """;

    /// <summary>ViT's layers, which other families have kept.</summary>
    /// <param name="config">Sizes.</param>
    /// <param name="createAttention">Makes each layer's attention; null for ViT's own.</param>
    /// <param name="scale">What each column of a sublayer's output is multiplied by at first; null where it is added as it is.</param>
    internal static IEnumerable<Layer> Layers(ImageEncoderConfig config, Func<Module<Tensor, LayerContext, Tensor>>? createAttention = null, double? scale = null) =>
        Enumerable.Range(0, config.Layers).Select(layer => new Layer(
            NormOrder.Pre,
            createAttention?.Invoke() ?? AttentionOf(config),
            Norm.Layer(config.HiddenSize, config.NormEpsilon),
            new FeedForward(config.HiddenSize, config.InnerSize, Activation.Find(config.Activation)),
            Norm.Layer(config.HiddenSize, config.NormEpsilon),
            config.Dropout,
            ResidualBranch.Of(config.HiddenSize, scale, config.DropPathOf(layer)),
            ResidualBranch.Of(config.HiddenSize, scale, config.DropPathOf(layer))));

    /// <summary>ViT's attention.</summary>
    internal static Attention AttentionOf(ImageEncoderConfig config) =>
        new(config.HiddenSize, config.Heads, bias: config.AttentionBias, outputBias: true, dropout: config.AttentionDropout);

    private static ImageStack Build(VitConfig config) => new(
        new PatchEmbedding(
            new PatchProjection(config.Channels, config.PatchSize, config.HiddenSize),
            config.HiddenSize,
            positions: new PatchPositions(config.Grid, 1, config.HiddenSize),
            dropout: config.Dropout),
        new LayerStack(Layers(config), Norm.Layer(config.HiddenSize, config.NormEpsilon)));
}
