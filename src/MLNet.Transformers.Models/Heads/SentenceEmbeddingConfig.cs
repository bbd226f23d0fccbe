using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>How the hidden states of a text become its vector.</summary>
public sealed record SentenceEmbeddingConfig
{
    /// <summary>One pooling, or several whose vectors are joined in this order.</summary>
    public IReadOnlyList<Pooling> Poolings { get; init; } = [Pooling.Mean];

    /// <summary>How many tokens at the start of each text have no part in the poolings, as those of a prompt.</summary>
    public int SkippedTokens { get; init; }

    /// <summary>What follows on pooling, in order.</summary>
    public IReadOnlyList<EmbeddingStep> Steps { get; init; } = [];

    /// <summary>Whether the vectors have a Euclidean norm of 1.</summary>
    [JsonIgnore]
    public bool IsNormalized => Steps is [.., UnitLengthStep];

    /// <summary>This, or what a caller wants instead: other poolings stand for all of it, and vectors may have a norm of 1 or not.</summary>
    /// <param name="poolings">Other poolings; null to keep these and what follows on them.</param>
    /// <param name="normalizes">Whether vectors are to have a Euclidean norm of 1; null to leave that as it is.</param>
    public SentenceEmbeddingConfig With(IReadOnlyList<Pooling>? poolings, bool? normalizes)
    {
        var chosen = poolings is null ? this : new SentenceEmbeddingConfig { Poolings = poolings };
        if (normalizes is null || normalizes == chosen.IsNormalized)
            return chosen;
        return chosen with { Steps = normalizes.Value ? [.. chosen.Steps, new UnitLengthStep()] : [.. chosen.Steps.SkipLast(1)] };
    }

    /// <summary>Width of the joined poolings.</summary>
    /// <param name="hiddenSize">Width of the hidden states.</param>
    public int PooledWidth(int hiddenSize) => (int)Poolings.Sum(pooling => Pooler.Width(pooling, hiddenSize));

    /// <summary>Width of the vector.</summary>
    /// <param name="hiddenSize">Width of the hidden states.</param>
    public int Width(int hiddenSize) => Steps.Aggregate(PooledWidth(hiddenSize), (width, step) => step.Width(width));
}
