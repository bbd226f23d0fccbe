using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>One vector a sequence from the hidden states of its tokens; padding has no part in it.</summary>
public sealed class Pooler : Module<Tensor, TokenBatch, Tensor>
{
    private readonly Pooling pooling;
    private readonly long skippedTokens;

    /// <param name="pooling">How.</param>
    /// <param name="skippedTokens">How many tokens at the start have no part in it, as those of a prompt; the first token's state can be asked for all the same.</param>
    /// <exception cref="ArgumentException">The pooling needs a head's map.</exception>
    public Pooler(Pooling pooling, long skippedTokens = 0)
        : base(nameof(Pooler))
    {
        if (pooling == Pooling.Pooler)
            throw new ArgumentException($"The pooling '{Pooling.Pooler}' is a map of its own, which only a head can bring.", nameof(pooling));
        this.pooling = pooling;
        this.skippedTokens = skippedTokens;
    }

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
        using var mask = VisibleTokens(batch);
        if (pooling != Pooling.MeanMax)
            return Pool(hidden, mask);
        using var mean = Mean(hidden, mask);
        using var maximum = Maximum(hidden, mask);
        return cat([mean, maximum], 1);
    }

    private Tensor Pool(Tensor hidden, Tensor? mask) => pooling switch
    {
        Pooling.Mean => Mean(hidden, mask),
        Pooling.Max => Maximum(hidden, mask),
        Pooling.MeanSqrt => MeanSqrt(hidden, mask),
        Pooling.WeightedMean => WeightedMean(hidden, mask),
        _ => Last(hidden, mask),
    };

    /// <summary>True where a token has part in the vector; null when all have.</summary>
    private Tensor? VisibleTokens(TokenBatch batch)
    {
        if (skippedTokens == 0)
            return batch.Mask?.alias();
        var mask = batch.Mask?.clone() ?? ones(batch.Count, batch.Length, ScalarType.Bool, batch.Ids.device);
        using var skipped = mask.narrow(1, 0, Math.Min(skippedTokens, batch.Length));
        skipped.zero_();
        return mask;
    }

    private static Tensor Mean(Tensor hidden, Tensor? mask)
    {
        if (mask is null)
            return hidden.mean([1]);
        using var weights = mask.to(hidden.dtype);
        using var count = weights.sum(1, keepdim: true);
        return Sum(hidden, weights.div_(count));
    }

    private static Tensor MeanSqrt(Tensor hidden, Tensor? mask)
    {
        using var weights = mask?.to(hidden.dtype) ?? ones(hidden.size(0), hidden.size(1), hidden.dtype, hidden.device);
        using var count = weights.sum(1, keepdim: true);
        return Sum(hidden, weights.div_(count.sqrt_()));
    }

    private static Tensor WeightedMean(Tensor hidden, Tensor? mask)
    {
        using var positions = arange(1, hidden.size(1) + 1, hidden.dtype, hidden.device).unsqueeze_(0);
        using var weights = mask is null ? positions.expand(hidden.size(0), -1).clone() : positions.mul(mask);
        using var total = weights.sum(1, keepdim: true);
        return Sum(hidden, weights.div_(total));
    }

    private static Tensor Maximum(Tensor hidden, Tensor? mask)
    {
        if (mask is null)
            return hidden.amax([1]);
        using var absent = mask.logical_not().unsqueeze_(2); // (batch, length, 1)
        using var tokens = hidden.masked_fill(absent, float.NegativeInfinity);
        return tokens.amax([1]);
    }

    private static Tensor Last(Tensor hidden, Tensor? mask)
    {
        if (mask is null)
            return hidden.select(1, hidden.size(1) - 1);
        using var positions = arange(1, hidden.size(1) + 1, ScalarType.Int64, hidden.device);
        using var present = positions.mul(mask);
        using var last = present.argmax(1).view(-1, 1, 1).expand(-1, -1, hidden.size(2)); // (batch, 1, hidden)
        using var states = hidden.gather(1, last);
        return states.squeeze(1);
    }

    /// <summary>The tokens' states, weighted.</summary>
    private static Tensor Sum(Tensor hidden, Tensor weights)
    {
        using var row = weights.unsqueeze(1); // (batch, 1, length)
        using var sum = row.bmm(hidden); // (batch, 1, hidden)
        return sum.squeeze(1);
    }
}
