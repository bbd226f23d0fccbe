using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>One transformer layer: attention, then a feed-forward block, each with a residual sum, dropout and a norm.</summary>
public sealed class Layer : Module<Tensor, LayerContext, Tensor>
{
    private readonly NormOrder order;
    private readonly Module<Tensor, LayerContext, Tensor> attention;
    private readonly Module<Tensor, Tensor> attentionNorm;
    private readonly Module<Tensor, Tensor> feedForward;
    private readonly Module<Tensor, Tensor> feedForwardNorm;
    private readonly Dropout dropout;

    /// <param name="order">Where the norms stand.</param>
    /// <param name="attention">Mixes positions.</param>
    /// <param name="attentionNorm">The norm that goes with attention.</param>
    /// <param name="feedForward">Works on each position by itself.</param>
    /// <param name="feedForwardNorm">The norm that goes with the feed-forward block.</param>
    /// <param name="dropout">Probability with which a sublayer's output is dropped in training.</param>
    public Layer(
        NormOrder order,
        Module<Tensor, LayerContext, Tensor> attention,
        Module<Tensor, Tensor> attentionNorm,
        Module<Tensor, Tensor> feedForward,
        Module<Tensor, Tensor> feedForwardNorm,
        double dropout)
        : base(nameof(Layer))
    {
        this.order = order;
        this.attention = attention;
        this.attentionNorm = attentionNorm;
        this.feedForward = feedForward;
        this.feedForwardNorm = feedForwardNorm;
        this.dropout = Dropout(dropout);
        RegisterComponents();
    }

    /// <summary>One layer further.</summary>
    /// <param name="hidden">(batch, length, hidden).</param>
    /// <param name="context">Goes to attention.</param>
    /// <returns>(batch, length, hidden).</returns>
    public override Tensor forward(Tensor hidden, LayerContext context) =>
        order == NormOrder.Pre ? NormFirst(hidden, context) : NormLast(hidden, context);

    private Tensor NormLast(Tensor hidden, LayerContext context)
    {
        using var attended = Add(attention.call(hidden, context), hidden);
        using var middle = attentionNorm.call(attended);
        using var fed = Add(feedForward.call(middle), middle);
        return feedForwardNorm.call(fed);
    }

    private Tensor NormFirst(Tensor hidden, LayerContext context)
    {
        using var ready = attentionNorm.call(hidden);
        using var middle = Add(attention.call(ready, context), hidden);
        using var middleReady = feedForwardNorm.call(middle);
        return Add(feedForward.call(middleReady), middle);
    }

    /// <summary>The residual sum, into the sublayer's own memory: no gradient needs a sublayer's output.</summary>
    private Tensor Add(Tensor sublayer, Tensor residual)
    {
        if (!training)
            return sublayer.add_(residual);
        using (sublayer)
            return dropout.forward(sublayer).add_(residual);
    }
}
