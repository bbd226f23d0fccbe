using MLNet.Transformers.Models;

namespace MLNet.Transformers;

/// <summary>How well a masked language model guesses hidden tokens.</summary>
/// <param name="Loss">The mean cross-entropy of a hidden token, in nats.</param>
/// <param name="Accuracy">Share of hidden tokens whose likeliest guess is right.</param>
public sealed record MaskedLanguageModelMetrics(double Loss, double Accuracy)
{
    internal MaskedLanguageModelMetrics(ValidationScore score)
        : this(score.Loss, score.Metric)
    {
    }

    /// <summary>The exponential of the loss: among how many tokens, all alike, the model would guess as badly.</summary>
    public double Perplexity => Math.Exp(Loss);
}
