using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>
/// How much of each input token reaches each token of the last layer: the layers' attention, with the residual connection as an
/// identity beside it, multiplied from the first layer to the last, as section 3 of
/// <see href="https://arxiv.org/abs/2005.00928">Quantifying Attention Flow in Transformers</see> has it.
/// </summary>
public sealed record AttentionRollout
{
    /// <summary>How a layer's heads become one matrix.</summary>
    public HeadFusion HeadFusion { get; init; }

    /// <summary>The share of each layer's fused weights, the smallest, that counts as 0; from 0 to less than 1. Pictures of vision models often use 0.9.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of that range.</exception>
    public double DiscardRatio
    {
        get;
        init => field = value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(DiscardRatio)} must be from 0 to less than 1.");
    }

    /// <summary>Rolls out the layers of one input, or of several of the same length: padding is to be cut off first.</summary>
    /// <param name="attentions">The weights, from the first layer to the last, (…, heads, tokens, tokens) each; they stay the caller's.</param>
    /// <returns>(…, tokens, tokens); each row sums to 1. The caller disposes it.</returns>
    /// <exception cref="ArgumentException">There is no layer, or the weights are not those of tokens among themselves.</exception>
    public Tensor Of(IReadOnlyList<Tensor> attentions)
    {
        if (attentions.Count == 0)
            throw new ArgumentException("There is no layer to roll out.", nameof(attentions));
        if (attentions.FirstOrDefault(layer => layer.dim() < 3 || layer.size(-1) != layer.size(-2)) is { } odd)
            throw new ArgumentException($"Attention weights of the shape ({string.Join(", ", odd.shape)}) are not those of tokens among themselves, (heads, tokens, tokens).", nameof(attentions));
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var flow = Step(attentions[0]);
        foreach (var layer in attentions.Skip(1))
            flow = Step(layer).matmul(flow);
        return flow.MoveToOuterDisposeScope();
    }

    /// <summary>What one layer lets through, half of it by its residual connection: (…, tokens, tokens).</summary>
    private Tensor Step(Tensor weights)
    {
        var fused = HeadFusion switch
        {
            HeadFusion.Min => weights.amin([-3L]),
            HeadFusion.Max => weights.amax([-3L]),
            _ => weights.mean([-3L]),
        };
        var through = Discard(fused).add(eye(fused.size(-1), fused.size(-1), fused.dtype, fused.device));
        return through.div(through.sum(-1, keepdim: true));
    }

    private Tensor Discard(Tensor fused)
    {
        var flat = fused.flatten(-2);
        var count = (int)(flat.size(-1) * DiscardRatio);
        if (count == 0)
            return fused;
        var (_, least) = flat.topk(count, -1, largest: false, sorted: false);
        return flat.scatter(-1, least, zeros_like(least, flat.dtype)).view_as(fused);
    }
}
