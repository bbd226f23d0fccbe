using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>One score a class for an image.</summary>
public sealed class ImageClassification : ImageHead
{
    private readonly ImagePooler pooler;
    private readonly Module<Tensor, Tensor>? norm;
    private readonly Linear output;

    /// <param name="hiddenSize">Width of the hidden states.</param>
    /// <param name="classes">Number of scores.</param>
    /// <param name="pooler">Makes one vector of the tokens.</param>
    /// <param name="norm">Applied to that vector; null for none.</param>
    public ImageClassification(long hiddenSize, int classes, ImagePooler pooler, Module<Tensor, Tensor>? norm = null)
        : base(nameof(ImageClassification))
    {
        this.pooler = pooler;
        this.norm = norm;
        output = Linear(pooler.Width(hiddenSize), classes);
        RegisterComponents();
    }

    /// <summary>The classifier of a config: its family's own, one score for each of its labels.</summary>
    /// <param name="config">Sizes, labels and pooling.</param>
    /// <param name="backbone">What the head will stand on.</param>
    /// <exception cref="ArgumentException">The config names no labels.</exception>
    public static ImageClassification Of(ImageConfig config, ImageBackbone backbone)
    {
        var pooler = new ImagePooler(config.Pooling, backbone.PrefixTokens);
        var norm = config.PoolingNorm is { } style ? Norm.Layer(pooler.Width(config.OutputSize), style.Epsilon, style.Bias) : null;
        return new(config.OutputSize, config.RequireLabels().Count, pooler, norm);
    }

    /// <inheritdoc/>
    public override int? ReadTokens => pooler.ReadTokens;

    /// <summary>The scores before any softmax.</summary>
    /// <param name="hidden">(batch, tokens, hidden).</param>
    /// <returns>(batch, classes).</returns>
    public override Tensor forward(Tensor hidden)
    {
        using var pooled = pooler.call(hidden);
        if (norm is null)
            return output.forward(pooled);
        using var ready = norm.call(pooled);
        return output.forward(ready);
    }
}
