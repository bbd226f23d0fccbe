using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>One vector a sequence from the hidden states of its tokens; padding has no part in it.</summary>
public sealed class Pooler(Pooling pooling) : Module<Tensor, TokenBatch, Tensor>(nameof(Pooler))
{
    /// <summary>Width of the vector for a given width of the hidden states.</summary>
    public static long Width(Pooling pooling, long hiddenSize) => pooling == Pooling.MeanMax ? 2 * hiddenSize : hiddenSize;

    /// <summary>Pools a batch.</summary>
    /// <param name="hidden">(batch, length, hidden).</param>
    /// <param name="batch">Its mask tells tokens from padding.</param>
    /// <returns>(batch, width).</returns>
    public override Tensor forward(Tensor hidden, TokenBatch batch)
    {
        if (pooling == Pooling.Cls)
            return hidden.select(1, 0);
        if (pooling == Pooling.Mean)
            return Mean(hidden, batch.Mask);
        if (pooling == Pooling.Max)
            return Maximum(hidden, batch.Mask);
        using var mean = Mean(hidden, batch.Mask);
        using var maximum = Maximum(hidden, batch.Mask);
        return cat([mean, maximum], 1);
    }

    private static Tensor Mean(Tensor hidden, Tensor? mask)
    {
        if (mask is null)
            return hidden.mean([1]);
        using var present = mask.to(hidden.dtype);
        using var count = present.sum(1, keepdim: true);
        using var share = present.div_(count).unsqueeze(1); // (batch, 1, length)
        using var mean = share.bmm(hidden); // (batch, 1, hidden)
        return mean.squeeze(1);
    }

    private static Tensor Maximum(Tensor hidden, Tensor? mask)
    {
        if (mask is null)
            return hidden.amax([1]);
        using var absent = mask.logical_not().unsqueeze_(2); // (batch, length, 1)
        using var tokens = hidden.masked_fill(absent, float.NegativeInfinity);
        return tokens.amax([1]);
    }
}
