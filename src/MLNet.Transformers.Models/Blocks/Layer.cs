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
    private readonly Module<Tensor, Tensor>? attentionBranch;
    private readonly Module<Tensor, Tensor>? feedForwardBranch;

    /// <param name="order">Where the norms stand.</param>
    /// <param name="attention">Mixes positions.</param>
    /// <param name="attentionNorm">The norm that goes with attention.</param>
    /// <param name="feedForward">Works on each position by itself.</param>
    /// <param name="feedForwardNorm">The norm that goes with the feed-forward block.</param>
    /// <param name="dropout">Probability with which a sublayer's output is dropped in training.</param>
    /// <param name="attentionBranch">What attention's output goes through before it is added; null for nothing.</param>
    /// <param name="feedForwardBranch">What the feed-forward block's output goes through before it is added; null for nothing.</param>
    public Layer(
        NormOrder order,
        Module<Tensor, LayerContext, Tensor> attention,
        Module<Tensor, Tensor> attentionNorm,
        Module<Tensor, Tensor> feedForward,
        Module<Tensor, Tensor> feedForwardNorm,
        double dropout,
        Module<Tensor, Tensor>? attentionBranch = null,
        Module<Tensor, Tensor>? feedForwardBranch = null)
        : base(nameof(Layer))
    {
        this.order = order;
        this.attention = attention;
        this.attentionNorm = attentionNorm;
        this.feedForward = feedForward;
        this.feedForwardNorm = feedForwardNorm;
        this.dropout = Dropout(dropout);
        this.attentionBranch = attentionBranch;
        this.feedForwardBranch = feedForwardBranch;
        RegisterComponents();
    }

    /// <summary>One layer further.</summary>
    /// <param name="hidden">(batch, length, hidden).</param>
    /// <param name="context">Goes to attention; its mask tells the feed-forward block what is padding, where it asks.</param>
    /// <returns>(batch, length, hidden), of as many positions as attention tells of.</returns>
    public override Tensor forward(Tensor hidden, LayerContext context)
    {
        if (order == NormOrder.Parallel)
            return SideBySide(hidden, context);
        using var attended = ResidualSum.Around(order, hidden, attentionNorm, ready => Attend(ready, context), dropout);
        return ResidualSum.Around(order, attended, feedForwardNorm, ready => Feed(ready, context), dropout);
    }

    private Tensor SideBySide(Tensor hidden, LayerContext context)
    {
        using var ready = attentionNorm.call(hidden);
        using var attended = ResidualSum.Add(Attend(ready, context), hidden, dropout);
        using var otherReady = feedForwardNorm.call(hidden);
        return ResidualSum.Add(Feed(otherReady, context), attended, dropout);
    }

    private Tensor Attend(Tensor ready, LayerContext context) => Through(attentionBranch, attention.call(ready, context));

    private Tensor Feed(Tensor ready, LayerContext context) => Through(feedForwardBranch, context.Feed(feedForward, ready));

    private static Tensor Through(Module<Tensor, Tensor>? branch, Tensor output)
    {
        if (branch is null)
            return output;
        using (output)
            return branch.call(output);
    }
}
