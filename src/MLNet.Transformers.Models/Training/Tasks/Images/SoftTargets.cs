using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>The shares of the classes that an answer should give, and what another answer costs.</summary>
internal static class SoftTargets
{
    /// <summary>All of it for one class.</summary>
    /// <param name="labels">The classes, (batch), 64-bit.</param>
    /// <param name="classes">Number of classes.</param>
    /// <returns>(batch, classes).</returns>
    public static Tensor Of(Tensor labels, long classes)
    {
        using var single = functional.one_hot(labels, classes);
        return single.to(ScalarType.Float32);
    }

    /// <summary>A share of each target taken and spread over all classes.</summary>
    /// <param name="targets">(batch, classes).</param>
    /// <param name="smoothing">The share.</param>
    public static Tensor Smooth(Tensor targets, double smoothing)
    {
        using var kept = targets.mul(1 - smoothing);
        return kept.add(smoothing / targets.size(1));
    }

    /// <summary>The sum over examples and classes of −w t log p, where p are the shares that the softmax gives.</summary>
    /// <param name="scores">Scores before the softmax, (batch, classes).</param>
    /// <param name="targets">t, (batch, classes).</param>
    /// <param name="weights">w, (classes); null for 1.</param>
    public static Tensor CrossEntropy(Tensor scores, Tensor targets, Tensor? weights = null)
    {
        using var scope = NewDisposeScope();
        var weighed = weights is null ? targets : targets.mul(weights);
        return functional.log_softmax(scores, 1).mul(weighed).sum().neg().MoveToOuterDisposeScope();
    }
}
