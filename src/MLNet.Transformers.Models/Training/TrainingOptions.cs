namespace MLNet.Transformers.Models;

/// <summary>How a model is trained.</summary>
public sealed record TrainingOptions
{
    /// <summary>Number of passes over the examples.</summary>
    public int Epochs { get; init; } = 3;

    /// <summary>How examples are put into batches.</summary>
    public Batching Batching { get; init; } = new TokenBudget(4096);

    /// <summary>Number of batches whose gradients make one step.</summary>
    public int AccumulatedBatches { get; init; } = 1;

    /// <summary>The greatest learning rate.</summary>
    public double LearningRate { get; init; } = 5e-5;

    /// <summary>How the rate falls after warm-up.</summary>
    public Schedule Schedule { get; init; } = Schedule.Linear;

    /// <summary>Share of the steps in which the rate rises from 0.</summary>
    public double WarmUp { get; init; } = 0.1;

    /// <summary>How strongly matrices shrink at each step; biases and norms do not.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>The norm that all gradients together are clipped to; null for none.</summary>
    public double? MaxGradientNorm { get; init; } = 1;

    /// <summary>Number of validations without a better one after which training stops; null to go through all epochs.</summary>
    public int? Patience { get; init; }

    /// <summary>Which validation is the best.</summary>
    public BestBy BestBy { get; init; } = BestBy.Metric;

    /// <summary>Decides every shuffle and every dropout.</summary>
    public int Seed { get; init; }

    /// <summary>Steps between two reports.</summary>
    public int ReportEvery { get; init; } = 10;

    /// <summary>Refuses values that cannot be.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the value.</exception>
    internal void Require()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(AccumulatedBatches, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LearningRate);
        ArgumentOutOfRangeException.ThrowIfNegative(WarmUp);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(WarmUp, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(WeightDecay);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxGradientNorm ?? 1, nameof(MaxGradientNorm));
        ArgumentOutOfRangeException.ThrowIfLessThan(Patience ?? 1, 1, nameof(Patience));
        ArgumentOutOfRangeException.ThrowIfLessThan(ReportEvery, 1);
    }
}

/// <summary>What makes one validation better than another.</summary>
public enum BestBy
{
    /// <summary>A greater metric, such as accuracy.</summary>
    Metric,

    /// <summary>A smaller loss.</summary>
    Loss,
}
