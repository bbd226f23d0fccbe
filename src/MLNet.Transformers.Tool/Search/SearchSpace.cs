namespace MLNet.Transformers.Tool.Search;

/// <summary>What a scenario offers to choose from.</summary>
internal sealed record SearchSpace
{
    /// <summary>The sizes, the smallest first; empty where the model starts from a folder.</summary>
    public required IReadOnlyList<ModelSize> Sizes { get; init; }

    /// <summary>The least and the greatest learning rate for a size (null: from a folder); the search draws between them on a logarithmic scale.</summary>
    public required Func<ModelSize?, (double Least, double Greatest)> LearningRates { get; init; }

    /// <summary>The most passes that are worth trying.</summary>
    public required int MaxEpochs { get; init; }

    /// <summary>Whether a model can learn from the texts alone before.</summary>
    public bool CanPretrain { get; init; }
}
