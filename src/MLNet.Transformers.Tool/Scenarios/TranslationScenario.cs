using MLNet.Transformers.Models;
using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Search;

namespace MLNet.Transformers.Tool.Scenarios;

/// <summary>Writes texts in another language, or in another way.</summary>
internal sealed class TranslationScenario : TextScenario
{
    private const int LongestInput = 256;

    /// <inheritdoc/>
    public override string Command => "translation";

    /// <inheritdoc/>
    public override string Description => "Learns to translate texts, or to write them in another way.";

    /// <inheritdoc/>
    public override string ModelBuilderName => "Translation";

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnRole> Columns { get; } =
    [
        new(ColumnPurpose.Source, "--source-col", DataKind.String, "the text to translate"),
        new(ColumnPurpose.Target, "--target-col", DataKind.String, "its translation"),
    ];

    /// <inheritdoc/>
    public override string MetricName => "BLEU";

    /// <inheritdoc/>
    protected override string WantedModel => "a model that reads a text and writes another, such as Marian or T5";

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnPurpose> Texts { get; } = [ColumnPurpose.Source, ColumnPurpose.Target];

    /// <inheritdoc/>
    protected override bool Fits(TextConfig config) => config.IsEncoderDecoder;

    /// <inheritdoc/>
    public override SearchSpace Space(TrainingSetup setup) => setup.PretrainedFolder is not null
        ? new() { Sizes = [], LearningRates = _ => (2e-5, 3e-4), MaxEpochs = 6 }
        : new()
        {
            Sizes = setup.GpuDeviceId is null ? [ModelSize.Tiny, ModelSize.Small] : [ModelSize.Small, ModelSize.Medium, ModelSize.Large],
            LearningRates = size => size switch
            {
                ModelSize.Tiny => (2e-3, 6e-3),
                ModelSize.Small => (1e-3, 4e-3),
                ModelSize.Medium => (5e-4, 2e-3),
                _ => (2e-4, 1e-3),
            },
            MaxEpochs = Amount(setup).Epochs(rowsSeen: 250_000),
        };

    /// <inheritdoc/>
    public override FineTuningOptions Options(Trial trial, TrainingSetup setup)
    {
        var amount = Amount(setup);
        var length = amount.Length(LongestInput);
        var options = Decided(new SequenceToSequenceOptions
        {
            SourceColumnName = Column(setup, ColumnPurpose.Source),
            TargetColumnName = Column(setup, ColumnPurpose.Target),
            OutputColumnName = AnswerColumn(setup, "Translation"),
            ScoreColumnName = AnswerColumn(setup, "Score"),
            Generation = new GenerationConfig { Beams = 2, MaxNewTokens = TextAmount.Of(setup, ColumnPurpose.Target).Length(LongestInput) },
            Schedule = Schedule.Linear,
            WeightDecay = 0.01,
            TokenDropout = 0,
        }, trial, setup);
        if (trial.Size is { } size)
            return options with
            {
                Model = Model(size),
                VocabularySize = amount.Vocabulary(charactersPerPiece: 400),
                Subwords = SubwordVocabulary.BytePairs,
                MaxLength = length,
                MaxTargetLength = length,
                BatchTokens = amount.BatchTokens(512, setup.GpuDeviceId is null ? 1024 : 8192),
                LabelSmoothing = 0.1,
            };
        var longest = Math.Min(StartingFolder.OpenText(setup.PretrainedFolder!).MaxLength, LongestInput);
        return options with { PretrainedFolder = setup.PretrainedFolder, MaxLength = longest, MaxTargetLength = longest, BatchTokens = 1024 };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<AnswerColumn> Answers(FineTuningOptions options)
    {
        var translation = (SequenceToSequenceOptions)options;
        return
        [
            new(translation.OutputColumnName, "string", AnswerPurpose.Answer, "The translation."),
            new(translation.ScoreColumnName, "float", AnswerPurpose.Confidence, "The logarithm of its probability, divided by its length: the nearer to 0, the surer."),
        ];
    }

    /// <inheritdoc/>
    public override ITransformer Fit(MLContext mlContext, FineTuningOptions options, MaskedLanguageModelOptions? pretraining, IDataView trainingRows) =>
        mlContext.SequenceToSequence.Trainers.TransformerSequenceToSequence((SequenceToSequenceOptions)options).Fit(trainingRows);

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Evaluate(MLContext mlContext, FineTuningOptions options, ITransformer model, IDataView rows)
    {
        var translation = (SequenceToSequenceOptions)options;
        var metrics = mlContext.SequenceToSequence.EvaluateTranslation(model.Transform(rows), translation.TargetColumnName, translation.OutputColumnName);
        return [new("BLEU", metrics.Bleu.Score), new("chrF", metrics.ChrF.Score), new("ExactMatch", metrics.ExactMatch)];
    }

    private static TransformerConfig Model(ModelSize size)
    {
        var (hiddenSize, layers, heads) = size switch
        {
            ModelSize.Tiny => (96, 2, 4),
            ModelSize.Small => (160, 3, 4),
            ModelSize.Medium => (256, 3, 4),
            _ => (512, 6, 8),
        };
        return new()
        {
            HiddenSize = hiddenSize, Layers = layers, DecoderLayers = layers, Heads = heads, InnerSize = 4 * hiddenSize,
            NormOrder = NormOrder.Pre, MaxLength = LongestInput, Dropout = 0.1,
        };
    }
}
