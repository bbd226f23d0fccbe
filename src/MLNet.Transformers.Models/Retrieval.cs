using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>How well queries find what belongs to them among candidates, such as images their texts.</summary>
public static class Retrieval
{
    /// <summary>Share of the queries that have something right among their best candidates: recall@k, as in section 3 of <see href="https://arxiv.org/abs/1412.2306">Karpathy and Fei-Fei, 2015</see>.</summary>
    /// <param name="scores">How well each candidate fits each query, (queries, candidates).</param>
    /// <param name="isRight">True where a candidate belongs to a query, (queries, candidates).</param>
    /// <param name="k">How many of the best candidates count.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is not positive.</exception>
    public static double Recall(Tensor scores, Tensor isRight, int k)
    {
        Require(isRight, k);
        if (!scores.shape.SequenceEqual(isRight.shape))
            throw new ArgumentException($"Scores of ({string.Join(", ", scores.shape)}) do not go with ({string.Join(", ", isRight.shape)}) that are right.", nameof(scores));
        using var scope = NewDisposeScope();
        var (_, best) = scores.detach().topk((int)Math.Min(k, scores.size(1)), 1);
        return isRight.gather(1, best).any(1).to(ScalarType.Float64).mean().item<double>();
    }

    /// <summary>What <see cref="Recall"/> is on average when candidates stand in a random order.</summary>
    /// <param name="isRight">True where a candidate belongs to a query, (queries, candidates).</param>
    /// <param name="k">How many of the first candidates count.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is not positive.</exception>
    public static double Chance(Tensor isRight, int k)
    {
        Require(isRight, k);
        using var scope = NewDisposeScope();
        var (candidates, right) = (isRight.size(1), isRight.sum(1).to(ScalarType.Float64));
        var missed = ones_like(right);
        // One after another, a wrong one of those that are left.
        for (var drawn = 0; drawn < Math.Min(k, candidates); drawn++)
            missed = missed.mul(right.neg().add(candidates - drawn).clamp_min(0).div(candidates - drawn));
        return 1 - missed.mean().item<double>();
    }

    private static void Require(Tensor isRight, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        if (isRight.dim() != 2)
            throw new ArgumentException($"What is right is (queries, candidates), not ({string.Join(", ", isRight.shape)}).", nameof(isRight));
    }
}
