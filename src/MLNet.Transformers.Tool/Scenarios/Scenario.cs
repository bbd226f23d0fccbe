using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Search;

namespace MLNet.Transformers.Tool.Scenarios;

/// <summary>Something that can be learnt from a data file: a command of the tool.</summary>
internal abstract class Scenario
{
    /// <summary>All that the tool knows, in the order of its help.</summary>
    public static IReadOnlyList<Scenario> All { get; } = [new TextClassificationScenario()];

    /// <summary>The command, such as <c>text-classification</c>.</summary>
    public abstract string Command { get; }

    /// <summary>What it is for, a sentence for the help.</summary>
    public abstract string Description { get; }

    /// <summary>What Model Builder calls it, such as "TextClassification".</summary>
    public abstract string ModelBuilderName { get; }

    /// <summary>The columns of a text file that it reads; empty where it reads a folder of images.</summary>
    public abstract IReadOnlyList<ColumnRole> Columns { get; }

    /// <summary>What <see cref="Evaluate"/> gives first: what trials are judged by.</summary>
    public abstract string MetricName { get; }

    /// <summary>Whether a greater value of it is the better one.</summary>
    public virtual bool GreaterIsBetter => true;

    /// <summary>What there is to choose from.</summary>
    /// <param name="dataset">The data, whose size may narrow it.</param>
    /// <param name="pretrainedFolder">The folder that training starts from; null for from scratch.</param>
    public abstract SearchSpace Space(Dataset dataset, string? pretrainedFolder);

    /// <summary>The options of the trainer: every hyper-parameter, the seed among them. What the generated code writes out is these.</summary>
    public abstract FineTuningOptions Options(Trial trial, TrainingSetup setup);

    /// <summary>The options of learning from the texts before; null where the trial has none of it.</summary>
    public virtual MaskedLanguageModelOptions? Pretraining(Trial trial, TrainingSetup setup) => null;

    /// <summary>Trains the whole pipeline, from the columns of the data to those of the answer.</summary>
    /// <param name="mlContext">Where to.</param>
    /// <param name="options">What <see cref="Options"/> gave, with <see cref="FineTuningOptions.Progress"/> and the like set.</param>
    /// <param name="pretraining">What <see cref="Pretraining"/> gave.</param>
    /// <param name="trainingRows">The rows to learn from.</param>
    public abstract ITransformer Fit(MLContext mlContext, FineTuningOptions options, MaskedLanguageModelOptions? pretraining, IDataView trainingRows);

    /// <summary>Measures a model on rows that it has answered.</summary>
    public abstract IReadOnlyList<Metric> Evaluate(MLContext mlContext, IDataView answered, Dataset dataset);
}
