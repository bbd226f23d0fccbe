using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// DINOv2, <see href="https://arxiv.org/abs/2304.07193">Oquab et al., 2024</see>: ViT whose sublayers' outputs are scaled before they
/// are added; and the same with registers, <see href="https://arxiv.org/abs/2309.16588">Darcet et al., 2024</see>.
/// </summary>
public static class Dinov2
{
    private static readonly Dinov2Config Base = new() { ImageSize = 518, PatchSize = 14 };
    private static readonly Dinov2WithRegistersConfig BaseWithRegisters = new() { ImageSize = 518, PatchSize = 14 };

    /// <summary>The family.</summary>
    public static Architecture Architecture { get; } = Architecture.Of<Dinov2Config>(
        "dinov2",
        Build,
        config => Names("dinov2", config),
        ("dinov2-small", Base with { HiddenSize = 384, Heads = 6 }),
        ("dinov2-base", Base),
        ("dinov2-large", Base with { HiddenSize = 1024, Layers = 24, Heads = 16 }),
        ("dinov2-giant", Base with { HiddenSize = 1536, Layers = 40, Heads = 24, IsGated = true }));

    /// <summary>The family with registers.</summary>
    public static Architecture RegistersArchitecture { get; } = Architecture.Of<Dinov2WithRegistersConfig>(
        "dinov2_with_registers",
        Build,
        config => $"{Names("dinov2_with_registers", config)}\ndinov2_with_registers.embeddings.register_tokens = backbone.embedding.registerTokens",
        ("dinov2-with-registers-small", BaseWithRegisters with { HiddenSize = 384, Heads = 6 }),
        ("dinov2-with-registers-base", BaseWithRegisters),
        ("dinov2-with-registers-large", BaseWithRegisters with { HiddenSize = 1024, Layers = 24, Heads = 16 }),
        ("dinov2-with-registers-giant", BaseWithRegisters with { HiddenSize = 1536, Layers = 40, Heads = 24, IsGated = true }));

    private static string Names(string prefix, Dinov2EncoderConfig config)
    {
        var feedForward = config.IsGated ? "mlp.weights_{in,out}" : "mlp.{fc1,fc2}";
        var ours = config.IsGated ? "{gateUp,output}" : "{inner,output}";
        return $$"""
            {{prefix}}.embeddings.cls_token                                   = backbone.embedding.classToken
            {{prefix}}.embeddings.mask_token                                  = backbone.embedding.maskToken
            {{prefix}}.embeddings.mask_token                                  =
            {{prefix}}.embeddings.position_embeddings                         = backbone.embedding.positions.weight
            {{prefix}}.embeddings.patch_embeddings.projection                 = backbone.embedding.projection
            {{prefix}}.encoder.layer.{}.norm1                                 = backbone.stack.layers.{}.attentionNorm
            {{prefix}}.encoder.layer.{}.attention.attention.{query,key,value} = backbone.stack.layers.{}.attention.projection
            {{prefix}}.encoder.layer.{}.attention.output.dense                = backbone.stack.layers.{}.attention.output
            {{prefix}}.encoder.layer.{}.layer_scale1.lambda1                  = backbone.stack.layers.{}.attentionBranch.scale.weight
            {{prefix}}.encoder.layer.{}.norm2                                 = backbone.stack.layers.{}.feedForwardNorm
            {{prefix}}.encoder.layer.{}.{{feedForward}}                       = backbone.stack.layers.{}.feedForward.{{ours}}
            {{prefix}}.encoder.layer.{}.layer_scale2.lambda1                  = backbone.stack.layers.{}.feedForwardBranch.scale.weight
            {{prefix}}.layernorm                                              = backbone.stack.norm
            classifier                                                        = head.output
            """;
    }

    private static ImageStack Build(Dinov2EncoderConfig config) => new(
        new PatchEmbedding(
            new PatchProjection(config.Channels, config.PatchSize, config.HiddenSize),
            config.HiddenSize,
            // As the published programs have it: only the one with registers smooths the positions of smaller images.
            positions: new PatchPositions(config.Grid, 1, config.HiddenSize, isAntialiased: config.RegisterCount > 0),
            dropout: config.Dropout,
            registers: config.RegisterCount,
            hasMaskToken: config.HasMask),
        new LayerStack(Enumerable.Range(0, config.Layers).Select(layer => LayerOf(config, layer)), Norm.Layer(config.HiddenSize, config.NormEpsilon)));

    private static Layer LayerOf(Dinov2EncoderConfig config, int layer) => new(
        NormOrder.Pre,
        Vit.AttentionOf(config),
        Norm.Layer(config.HiddenSize, config.NormEpsilon),
        FeedForwardOf(config),
        Norm.Layer(config.HiddenSize, config.NormEpsilon),
        config.Dropout,
        ResidualBranch.Of(config.HiddenSize, config.LayerScale, config.DropPathOf(layer)),
        ResidualBranch.Of(config.HiddenSize, config.LayerScale, config.DropPathOf(layer)));

    private static Module<Tensor, Tensor> FeedForwardOf(Dinov2EncoderConfig config) => config.IsGated
        ? new GatedFeedForward(config.HiddenSize, config.InnerSize, Activation.Find("silu"), bias: true)
        : new FeedForward(config.HiddenSize, config.InnerSize, Activation.Find(config.Activation));
}
