using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// BEiT, <see href="https://arxiv.org/abs/2106.08254">Bao et al., 2022</see>: ViT that knows places by a bias of its attention scores
/// for each offset between two patches, taught to guess hidden patches.
/// </summary>
public static class Beit
{
    private static readonly BeitConfig Base = new() { HasOffsets = true };
    private static readonly BeitConfig Large = Base with { HiddenSize = 1024, Layers = 24, Heads = 16, InnerSize = 4096, LayerScale = 1e-5 };

    /// <summary>The family.</summary>
    public static Architecture Architecture { get; } = Architecture.Of<BeitConfig>(
        "beit",
        Build,
        Names,
        ("beit-base-patch16-224", Base),
        ("beit-base-patch16-384", Base with { ImageSize = 384 }),
        ("beit-large-patch16-224", Large),
        ("beit-base-patch16-224-pt22k", Base with { HasOffsets = false, HasSharedOffsets = true, HasMaskToken = true }));

    private static string Names(BeitConfig config)
    {
        var attention = config.HasOffsets ? "attention.attention" : "attention";
        var names = $$"""
            {{Vit.Names("beit", attention)}}
            beit.embeddings.mask_token                                                                    = backbone.embedding.maskToken | row
            beit.embeddings.mask_token                                                                    =
            beit.encoder.relative_position_bias.relative_position_bias_table                              = backbone.context.offsets.table
            beit.encoder.relative_position_bias.relative_position_index                                   =
            beit.encoder.layer.{}.attention.attention.{query,value}.bias                                  = backbone.stack.layers.{}.{{attention}}.projection.bias
            beit.encoder.layer.{}.attention.attention.relative_position_bias.relative_position_bias_table = backbone.stack.layers.{}.attention.offsets.table
            beit.encoder.layer.{}.attention.attention.relative_position_bias.relative_position_index      =
            beit.encoder.layer.{}.lambda_1                                                                = backbone.stack.layers.{}.attentionBranch.scale.weight
            beit.encoder.layer.{}.lambda_2                                                                = backbone.stack.layers.{}.feedForwardBranch.scale.weight
            beit.pooler.layernorm                                                                         = head.norm
            classifier                                                                                    = head.output
            lm_head                                                                                       =
            """;
        // Without a last norm of its layers, it is the norm of a head that guesses hidden patches.
        return config.IsMeanPooled ? $"{names}\nlayernorm =" : names;
    }

    private static ImageStack Build(BeitConfig config) => new(
        new PatchEmbedding(
            new PatchProjection(config.Channels, config.PatchSize, config.HiddenSize),
            config.HiddenSize,
            positions: config.HasPositions ? new PatchPositions(config.Grid, 1, config.HiddenSize) : null,
            dropout: config.Dropout,
            hasMaskToken: config.HasMaskToken),
        new LayerStack(
            Vit.Layers(config, () => AttentionOf(config), config.LayerScale > 0 ? config.LayerScale : null),
            config.IsMeanPooled ? null : Norm.Layer(config.HiddenSize, config.NormEpsilon)),
        config.HasSharedOffsets ? new PatchOffsetContext(config.PatchSize, new PatchOffsetBias(config.Grid, config.Heads)) : null);

    private static Module<Tensor, LayerContext, Tensor> AttentionOf(BeitConfig config)
    {
        var attention = new Attention(
            new UnbiasedKeyProjection(config.HiddenSize, config.HiddenSize), Linear(config.HiddenSize, config.HiddenSize), config.Heads, config.AttentionDropout);
        return config.HasOffsets ? new OffsetAttention(attention, new PatchOffsetBias(config.Grid, config.Heads)) : attention;
    }
}
