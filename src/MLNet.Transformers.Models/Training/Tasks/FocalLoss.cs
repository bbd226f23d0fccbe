using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// Cross-entropy in which an example counts the less, the surer the model is of its class: equation 5 of
/// <see href="https://arxiv.org/abs/1708.02002">Lin et al., 2017</see>, for one of several classes.
/// </summary>
internal static class FocalLoss
{
    // Where the model is sure, the slope of the factor would be infinite for a focus below 1.
    private const double LeastDoubt = 1e-7;

    /// <summary>The sum over examples of −w (1 − p)^γ log p, where p is the probability of an example's class.</summary>
    /// <param name="scores">Scores before the softmax, (examples, classes).</param>
    /// <param name="labels">The classes, (examples).</param>
    /// <param name="gamma">γ: 0 for plain cross-entropy.</param>
    /// <param name="weights">w, (classes); null for 1.</param>
    public static Tensor Sum(Tensor scores, Tensor labels, double gamma, Tensor? weights)
    {
        using var scope = NewDisposeScope();
        var index = labels.unsqueeze(1);
        var logarithms = functional.log_softmax(scores, 1).gather(1, index).squeeze(1);
        var doubt = logarithms.expm1().neg().clamp_min(LeastDoubt);
        var losses = doubt.pow(gamma).mul(logarithms).neg();
        if (weights is not null)
            losses = losses.mul(weights.index_select(0, labels));
        return losses.sum().MoveToOuterDisposeScope();
    }
}
