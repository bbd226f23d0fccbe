using MLNet.Transformers.Tool.Scenarios;
using MLNet.Transformers.Tool.Search;

namespace MLNet.Transformers.Tool.Projects;

/// <summary>All that the files of a project are written from.</summary>
internal sealed record TrainedProject
{
    /// <summary>What was asked for.</summary>
    public required Job Job { get; init; }

    /// <summary>The data, as they were understood, and what the trials have in common.</summary>
    public required TrainingSetup Setup { get; init; }

    /// <summary>The validation file as it was understood; null where rows of the data were kept out of training.</summary>
    public Data.Dataset? ValidationDataset { get; init; }

    /// <summary>The options that the model was trained with.</summary>
    public required FineTuningOptions Options { get; init; }

    /// <summary>The options of learning from the texts before; null where there was none of it.</summary>
    public MaskedLanguageModelOptions? Pretraining { get; init; }

    /// <summary>The trial whose model it is.</summary>
    public required TrialResult Best { get; init; }

    /// <summary>All trials, in their order.</summary>
    public required IReadOnlyList<TrialResult> Trials { get; init; }

    /// <summary>Some rows of the data that the model was not trained on, for examples: values by column name.</summary>
    public required IReadOnlyList<IReadOnlyDictionary<string, string>> Examples { get; init; }
}
