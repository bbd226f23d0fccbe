using MLNet.Transformers.Models;
using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Search;

namespace MLNet.Transformers.Tool.Scenarios;

/// <summary>Goes on with texts in the manner of those that it has read.</summary>
internal sealed class TextGenerationScenario : TextScenario
{
    private const int LongestInput = 256;

    /// <inheritdoc/>
    public override string Command => "text-generation";

    /// <inheritdoc/>
    public override string Description => "Learns to go on with texts in the manner of those that it has read.";

    /// <inheritdoc/>
    public override string ModelBuilderName => "TextGeneration";

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnRole> Columns { get; } = [new(ColumnPurpose.Text, "--text-col", DataKind.String, "the text")];

    /// <inheritdoc/>
    public override string MetricName => "Perplexity";

    /// <inheritdoc/>
    public override bool GreaterIsBetter => false;

    /// <inheritdoc/>
    protected override string WantedModel => "a model that goes on with texts, such as GPT-2 or Llama";

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnPurpose> Texts { get; } = [ColumnPurpose.Text];

    /// <inheritdoc/>
    protected override bool Fits(TextConfig config) => config is { IsEncoderDecoder: false, LanguageModel: not null };

    /// <inheritdoc/>
    public override SearchSpace Space(TrainingSetup setup) => setup.PretrainedFolder is not null
        ? new() { Sizes = [], LearningRates = _ => (1e-5, 1e-4), MaxEpochs = 4 }
        : new()
        {
            Sizes = setup.GpuDeviceId is null ? [ModelSize.Tiny, ModelSize.Small] : [ModelSize.Small, ModelSize.Medium, ModelSize.Large],
            LearningRates = size => size <= ModelSize.Small ? (2e-3, 8e-3) : (5e-4, 4e-3),
            MaxEpochs = (int)Math.Clamp(10e6 / Amount(setup).Tokens, 3, 40),
        };

    /// <inheritdoc/>
    public override FineTuningOptions Options(Trial trial, TrainingSetup setup)
    {
        var options = Decided(new LanguageModelOptions
        {
            TextColumnName = Column(setup, ColumnPurpose.Text),
            OutputColumnName = AnswerColumn(setup, "Continuation"),
            ScoreColumnName = AnswerColumn(setup, "Score"),
            Generation = new GenerationConfig { Samples = true, Temperature = 0.8, TopP = 0.95, MaxNewTokens = 60, Seed = setup.Seed },
            Schedule = Schedule.Cosine,
            Beta2 = 0.99,
            TokenDropout = 0,
            LabelSmoothing = 0,
        }, trial, setup);
        var amount = Amount(setup);
        if (trial.Size is { } size)
            return options with
            {
                Model = Model(size),
                VocabularySize = amount.Vocabulary(charactersPerPiece: 400),
                Subwords = SubwordVocabulary.BytePairs,
                MaxLength = 128,
                BatchTokens = amount.BatchTokens(512, setup.GpuDeviceId is null ? 1024 : 8192),
                WeightDecay = 0.1,
            };
        return options with
        {
            PretrainedFolder = setup.PretrainedFolder,
            MaxLength = Math.Min(StartingFolder.OpenText(setup.PretrainedFolder!).MaxLength, LongestInput),
            BatchTokens = 1024,
            WeightDecay = 0.01,
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<AnswerColumn> Answers(FineTuningOptions options)
    {
        var generation = (LanguageModelOptions)options;
        return
        [
            new(generation.OutputColumnName, "string", AnswerPurpose.Answer, "How the text goes on."),
            new(generation.ScoreColumnName, "float", AnswerPurpose.Confidence, "The logarithm of the probability of what was written."),
        ];
    }

    /// <inheritdoc/>
    public override ITransformer Fit(MLContext mlContext, FineTuningOptions options, MaskedLanguageModelOptions? pretraining, IDataView trainingRows) =>
        mlContext.LanguageModeling.Trainers.TransformerLanguageModel((LanguageModelOptions)options).Fit(trainingRows);

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Evaluate(MLContext mlContext, FineTuningOptions options, ITransformer model, IDataView rows)
    {
        var metrics = mlContext.LanguageModeling.EvaluatePerplexity((FineTunedTransformer)model, rows);
        return [new("Perplexity", metrics.Perplexity), new("BitsPerByte", metrics.BitsPerByte), new("Accuracy", metrics.Accuracy)];
    }

    private static LlamaConfig Model(ModelSize size)
    {
        var (hiddenSize, layers, heads) = size switch
        {
            ModelSize.Tiny => (64, 2, 2),
            ModelSize.Small => (128, 4, 4),
            ModelSize.Medium => (256, 6, 8),
            _ => (512, 8, 8),
        };
        return new()
        {
            HiddenSize = hiddenSize, Layers = layers, Heads = heads, KeyValueHeads = heads, InnerSize = hiddenSize * 8 / 3 / 32 * 32,
            MaxLength = LongestInput, IsTied = true,
        };
    }
}
