namespace MLNet.Transformers.Models;

/// <summary>The config of a DeiT model with a distillation token.</summary>
public sealed record DeitConfig : ImageEncoderConfig
{
    private const string PlainClass = "DeiTForImageClassification";

    /// <inheritdoc/>
    protected override string Family => "deit";

    /// <summary>The classifier of both tokens, but where the config is of one that leaves the distillation token aside.</summary>
    public override ImageHead CreateClassifier(ImageBackbone backbone) => PublishedClasses?.Contains(PlainClass) == true
        ? ImageClassification.Of(this, backbone)
        : DistilledImageClassification.Of(this, backbone);
}

/// <summary>
/// DeiT: ViT with a second token that learns from a teacher, <see href="https://arxiv.org/abs/2012.12877">Touvron et al., 2021</see>.
/// Its models without that token are published as ViT's.
/// </summary>
public static class Deit
{
    private static readonly DeitConfig Base = new();

    /// <summary>The family.</summary>
    public static Architecture Architecture { get; } = Architecture.Of<DeitConfig>(
        "deit",
        Build,
        $"""
        {Vit.Names("deit")}
        deit.embeddings.distillation_token = backbone.embedding.distillationToken
        deit.embeddings.mask_token         =
        deit.pooler.dense                  =
        classifier                         = head.output
        cls_classifier                     = DistilledImageClassification.output
        distillation_classifier            = DistilledImageClassification.distillation
        """,
        ("deit-tiny-distilled-patch16-224", Base with { HiddenSize = 192, Heads = 3, InnerSize = 768 }),
        ("deit-small-distilled-patch16-224", Base with { HiddenSize = 384, Heads = 6, InnerSize = 1536 }),
        ("deit-base-distilled-patch16-224", Base),
        ("deit-base-distilled-patch16-384", Base with { ImageSize = 384 }));

    private static ImageStack Build(DeitConfig config) => new(
        new PatchEmbedding(
            new PatchProjection(config.Channels, config.PatchSize, config.HiddenSize),
            config.HiddenSize,
            positions: new PatchPositions(config.Grid, 2, config.HiddenSize),
            dropout: config.Dropout,
            hasDistillationToken: true),
        new LayerStack(Vit.Layers(config), Norm.Layer(config.HiddenSize, config.NormEpsilon)));
}
