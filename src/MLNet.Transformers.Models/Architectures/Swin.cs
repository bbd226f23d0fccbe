namespace MLNet.Transformers.Models;

/// <summary>
/// Swin, <see href="https://arxiv.org/abs/2103.14030">Liu et al., 2021</see>: attention within windows of patches, displaced in every
/// second layer, in stages of which each sees the image half as finely as the one before.
/// </summary>
public static class Swin
{
    /// <summary>Of the norms that are not a layer's, whatever the config says.</summary>
    private const double OtherNormEpsilon = 1e-5;

    private static readonly SwinConfig Tiny = new();
    private static readonly SwinConfig Small = Tiny with { Depths = [2, 2, 18, 2] };
    private static readonly SwinConfig Base = Small with { EmbeddingSize = 128, Heads = [4, 8, 16, 32] };

    /// <summary>The family.</summary>
    public static Architecture Architecture { get; } = Architecture.Of<SwinConfig>(
        "swin",
        Build,
        """
        swin.embeddings.patch_embeddings.projection                                   = backbone.projection
        swin.embeddings.norm                                                          = backbone.entryNorm
        swin.embeddings.mask_token                                                    =
        swin.encoder.layers.{}.blocks.{}.attention.self.{query,key,value}             = backbone.stages.{}.layers.{}.attention.attention.projection
        swin.encoder.layers.{}.blocks.{}.attention.self.relative_position_bias_table  = backbone.stages.{}.layers.{}.attention.offsets
        swin.encoder.layers.{}.blocks.{}.attention.self.relative_position_index       =
        swin.encoder.layers.{}.blocks.{}.attention.output.dense                       = backbone.stages.{}.layers.{}.attention.attention.output
        swin.encoder.layers.{}.blocks.{}.layernorm_before                             = backbone.stages.{}.layers.{}.attentionNorm
        swin.encoder.layers.{}.blocks.{}.layernorm_after                              = backbone.stages.{}.layers.{}.feedForwardNorm
        swin.encoder.layers.{}.blocks.{}.intermediate.dense                           = backbone.stages.{}.layers.{}.feedForward.inner
        swin.encoder.layers.{}.blocks.{}.output.dense                                 = backbone.stages.{}.layers.{}.feedForward.output
        swin.encoder.layers.{}.downsample.{norm,reduction}                            = backbone.stages.{}.merging.{norm,reduction}
        swin.layernorm                                                                = backbone.norm
        classifier                                                                    = head.output
        decoder                                                                       =
        """,
        ("swin-tiny-patch4-window7-224", Tiny),
        ("swin-small-patch4-window7-224", Small),
        ("swin-base-patch4-window7-224", Base),
        ("swin-base-patch4-window12-384", Base with { ImageSize = 384, WindowSize = 12 }));

    private static ImageStages Build(SwinConfig config)
    {
        config.Require();
        return new ImageStages(
            new PatchProjection(config.Channels, config.PatchSize, config.EmbeddingSize),
            Norm.Layer(config.EmbeddingSize, OtherNormEpsilon),
            Enumerable.Range(0, config.Depths.Count).Select(stage => StageOf(config, stage)),
            Norm.Layer(config.OutputSize, config.NormEpsilon),
            config.PatchSize,
            config.Dropout);
    }

    private static ImageStage StageOf(SwinConfig config, int stage)
    {
        var width = config.WidthOf(stage);
        var isLast = stage == config.Depths.Count - 1;
        return new ImageStage(
            Enumerable.Range(0, config.Depths[stage]).Select(layer => LayerOf(config, stage, layer, config.DropPathOf(config.Depths.Take(stage).Sum() + layer))),
            isLast ? null : new PatchMerging(width, Norm.Layer(4 * width, OtherNormEpsilon)));
    }

    private static Layer LayerOf(SwinConfig config, int stage, int layer, double dropPath)
    {
        var width = config.WidthOf(stage);
        return new Layer(
            NormOrder.Pre,
            new WindowAttention(
                new Attention(width, config.Heads[stage], bias: config.AttentionBias, outputBias: true, dropout: config.AttentionDropout),
                config.Heads[stage],
                config.WindowSize,
                isDisplaced: layer % 2 == 1),
            Norm.Layer(width, config.NormEpsilon),
            new FeedForward(width, (long)(config.InnerRatio * width), Activation.Find(config.Activation)),
            Norm.Layer(width, config.NormEpsilon),
            config.Dropout,
            ResidualBranch.Of(width, scale: null, dropPath),
            ResidualBranch.Of(width, scale: null, dropPath));
    }
}
