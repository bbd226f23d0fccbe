using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>One of the two networks of a <see cref="DinoModel"/>: a backbone and a projection.</summary>
public sealed class DinoNetwork : Module<ImageBatch, Tensor>
{
    private readonly ImageBackbone backbone;
    private readonly ImagePooler pooler;
    private readonly DinoHead head;

    /// <param name="backbone">Images to hidden states.</param>
    /// <param name="pooler">Makes one vector of an image's tokens.</param>
    /// <param name="head">Scores that vector.</param>
    public DinoNetwork(ImageBackbone backbone, ImagePooler pooler, DinoHead head)
        : base(nameof(DinoNetwork))
    {
        this.backbone = backbone;
        this.pooler = pooler;
        this.head = head;
        RegisterComponents();
    }

    /// <summary>Images to hidden states.</summary>
    public ImageBackbone Backbone => backbone;

    /// <summary>Scores one vector an image.</summary>
    public DinoHead Head => head;

    /// <summary>The scores of images of one size.</summary>
    /// <returns>(batch, prototypes).</returns>
    public override Tensor forward(ImageBatch batch)
    {
        using var features = Features(batch);
        return head.call(features);
    }

    /// <summary>One vector an image, before the projection.</summary>
    /// <returns>(batch, width).</returns>
    public Tensor Features(ImageBatch batch)
    {
        using var hidden = pooler.ReadTokens is { } tokens ? backbone.ForwardFirst(batch, tokens) : backbone.call(batch);
        return pooler.call(hidden);
    }
}
