using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Search;

namespace MLNet.Transformers.Tool.Scenarios;

/// <summary>Something that can be learnt from a data file: a command of the tool.</summary>
internal abstract class Scenario
{
    /// <summary>All that the tool knows, in the order of its help.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new TextClassificationScenario(),
        new SentenceSimilarityScenario(),
        new NamedEntityRecognitionScenario(),
        new QuestionAnsweringScenario(),
        new ImageClassificationScenario(),
        new TranslationScenario(),
        new TextGenerationScenario(),
    ];

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

    /// <summary>Refuses, before any work, what could not be learnt from: a folder whose model is for something else, rows whose columns do not fit each other.</summary>
    /// <exception cref="InputException">It names the folder, or the column and the line.</exception>
    public abstract void Check(MLContext mlContext, TrainingSetup setup);

    /// <summary>What there is to choose from.</summary>
    public abstract SearchSpace Space(TrainingSetup setup);

    /// <summary>The options of the trainer: every hyper-parameter, the seed among them. What the generated code writes out is these.</summary>
    public abstract FineTuningOptions Options(Trial trial, TrainingSetup setup);

    /// <summary>Options with what a trial and the setup decide of every training.</summary>
    protected static TOptions Decided<TOptions>(TOptions options, Trial trial, TrainingSetup setup)
        where TOptions : FineTuningOptions => options with
        {
            LearningRate = trial.LearningRate,
            Epochs = trial.Epochs,
            MaxSteps = trial.MaxSteps,
            WarmUp = 0.1,
            Seed = setup.Seed,
            GpuDeviceId = setup.GpuDeviceId,
        };

    /// <summary>The options of learning from the texts before; null where the trial has none of it.</summary>
    public virtual MaskedLanguageModelOptions? Pretraining(Trial trial, TrainingSetup setup) => null;

    /// <summary>The columns that the pipeline's answers are in, the answer itself first.</summary>
    /// <param name="options">What <see cref="Options"/> gave.</param>
    public abstract IReadOnlyList<AnswerColumn> Answers(FineTuningOptions options);

    /// <summary>Trains the whole pipeline, from the columns of the data to those of the answer.</summary>
    /// <param name="mlContext">Where to.</param>
    /// <param name="options">What <see cref="Options"/> gave, with <see cref="FineTuningOptions.Progress"/> and the like set.</param>
    /// <param name="pretraining">What <see cref="Pretraining"/> gave, likewise.</param>
    /// <param name="trainingRows">The rows to learn from.</param>
    public abstract ITransformer Fit(MLContext mlContext, FineTuningOptions options, MaskedLanguageModelOptions? pretraining, IDataView trainingRows);

    /// <summary>Measures a model on rows of the data; the first metric is <see cref="MetricName"/>.</summary>
    /// <param name="mlContext">Where to.</param>
    /// <param name="options">What the model was trained with.</param>
    /// <param name="model">What <see cref="Fit"/> gave, or the same loaded from its file.</param>
    /// <param name="rows">Rows that it was not trained on, as the data have them.</param>
    public abstract IReadOnlyList<Metric> Evaluate(MLContext mlContext, FineTuningOptions options, ITransformer model, IDataView rows);
}
