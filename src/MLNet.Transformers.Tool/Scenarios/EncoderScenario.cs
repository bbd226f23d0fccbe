using MLNet.Transformers.Models;
using MLNet.Transformers.Tool.Search;

namespace MLNet.Transformers.Tool.Scenarios;

/// <summary>A scenario whose model reads texts and writes none; from scratch it can learn the language of the texts first.</summary>
internal abstract class EncoderScenario : TextScenario
{
    private const double TokenDropout = 0.1;

    /// <inheritdoc/>
    protected override string WantedModel => "a model that reads texts and writes none, such as BERT";

    /// <summary>The longest input of a model from scratch in tokens.</summary>
    protected virtual int LongestInput => 128;

    /// <summary>Whether answers hang on capital letters.</summary>
    protected virtual bool IsCaseSensitive => false;

    /// <summary>The sizes that are worth trying on a CPU: in the same minutes larger ones learn less.</summary>
    protected virtual IReadOnlyList<ModelSize> SizesOnCpu => [ModelSize.Tiny, ModelSize.Small];

    /// <summary>The most tokens in a batch on a CPU, where many steps are worth more than full batches.</summary>
    protected virtual int LargestBatch => 1024;

    /// <summary>Whether guessing hidden words first is worth its time.</summary>
    protected virtual bool CanPretrain => true;

    /// <summary>The learning rates for a model from scratch.</summary>
    protected virtual (double Least, double Greatest) LearningRates(ModelSize size) => size switch
    {
        ModelSize.Tiny => (7e-4, 4e-3),
        ModelSize.Small => (3e-4, 2e-3),
        ModelSize.Medium => (3e-4, 1e-3),
        _ => (1e-4, 6e-4),
    };

    /// <inheritdoc/>
    protected override bool Fits(TextConfig config) => !config.IsEncoderDecoder;

    /// <inheritdoc/>
    public override SearchSpace Space(TrainingSetup setup) => setup.PretrainedFolder is not null
        ? new() { Sizes = [], LearningRates = _ => (1e-5, 1e-4), MaxEpochs = 6 }
        : new()
        {
            Sizes = setup.GpuDeviceId is null ? SizesOnCpu : [ModelSize.Small, ModelSize.Medium, ModelSize.Large],
            LearningRates = size => LearningRates(size!.Value),
            MaxEpochs = Amount(setup).Epochs(rowsSeen: 120_000),
            CanPretrain = CanPretrain,
        };

    /// <inheritdoc/>
    public override MaskedLanguageModelOptions? Pretraining(Trial trial, TrainingSetup setup) => trial is { Size: { } size, PretrainingEpochs: > 0 }
        ? FromScratch(
            new MaskedLanguageModelOptions
            {
                TextColumnName = nameof(PretrainingText.Text),
                LearningRate = 2e-3,
                MaskingProbability = 0.25,
                Epochs = trial.PretrainingEpochs,
                Seed = setup.Seed,
                GpuDeviceId = setup.GpuDeviceId,
            },
            size,
            setup)
        : null;

    /// <summary>The options with all that the trial and the amount of text decide.</summary>
    protected TOptions Complete<TOptions>(TOptions options, Trial trial, TrainingSetup setup)
        where TOptions : TextFineTuningOptions
    {
        var complete = Decided(options, trial, setup) with
        {
            Schedule = Schedule.Linear,
            WeightDecay = 0.01,
        };
        if (trial.Size is { } size)
            return FromScratch(complete, size, setup) with { TokenDropout = TokenDropout };
        return complete with
        {
            PretrainedFolder = setup.PretrainedFolder,
            MaxLength = Math.Min(StartingFolder.OpenText(setup.PretrainedFolder!).MaxLength, 512),
            TokenDropout = 0,
            BatchTokens = 2048,
        };
    }

    /// <summary>A trained model: from random weights, or from what guessing hidden words has taught it.</summary>
    /// <param name="mlContext">Where to.</param>
    /// <param name="trainer">The trainer.</param>
    /// <param name="rows">The rows as the trainer reads them.</param>
    /// <param name="pretraining">How hidden words are guessed; null for not at all.</param>
    /// <param name="trainingRows">The rows as the data have them.</param>
    /// <param name="textColumnNames">The columns with the texts.</param>
    protected static FineTunedTransformer Train(
        MLContext mlContext, FineTuningTrainer trainer, IDataView rows, MaskedLanguageModelOptions? pretraining, IDataView trainingRows, params IReadOnlyList<string> textColumnNames)
    {
        if (pretraining is null)
            return trainer.Fit(rows);
        using var pretrained = mlContext.LanguageModeling.Trainers.TransformerMaskedLanguageModel(pretraining)
            .Fit(PretrainingText.Of(mlContext, trainingRows, textColumnNames));
        return trainer.Fit(rows, pretrained);
    }

    /// <summary>Model, vocabulary and batches, which learning the language and learning the answers must have alike.</summary>
    private TOptions FromScratch<TOptions>(TOptions options, ModelSize size, TrainingSetup setup)
        where TOptions : TextFineTuningOptions
    {
        var amount = Amount(setup);
        var length = amount.Length(most: LongestInput);
        return options with
        {
            Model = Model(size, length),
            VocabularySize = amount.Vocabulary(charactersPerPiece: 100),
            MaxLength = length,
            CaseSensitive = IsCaseSensitive,
            BatchTokens = amount.BatchTokens(512, setup.GpuDeviceId is null ? LargestBatch : 8192),
        };
    }

    private static TransformerEncoderConfig Model(ModelSize size, int maxLength)
    {
        var (hiddenSize, layers, heads) = size switch
        {
            ModelSize.Tiny => (64, 1, 2),
            ModelSize.Small => (128, 2, 4),
            ModelSize.Medium => (192, 4, 4),
            _ => (384, 6, 6),
        };
        return new() { HiddenSize = hiddenSize, Layers = layers, Heads = heads, InnerSize = 4 * hiddenSize, MaxLength = maxLength, Dropout = 0.1 };
    }
}
