using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Search;

namespace MLNet.Transformers.Tool.Scenarios;

/// <summary>Says how alike two sentences are.</summary>
internal sealed class SentenceSimilarityScenario : EncoderScenario
{
    /// <inheritdoc/>
    public override string Command => "sentence-similarity";

    /// <inheritdoc/>
    public override string Description => "Learns to say how alike two sentences are.";

    /// <inheritdoc/>
    public override string ModelBuilderName => "SentenceSimilarity";

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnRole> Columns { get; } =
    [
        new(ColumnPurpose.Label, "--label-col", DataKind.Single, "how alike they are, a number"),
        new(ColumnPurpose.SourceSentence, "--sentence1-col", DataKind.String, "the first sentence"),
        new(ColumnPurpose.ComparisonSentence, "--sentence2-col", DataKind.String, "the second sentence"),
    ];

    /// <inheritdoc/>
    public override string MetricName => "Pearson-correlation";

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnPurpose> Texts { get; } = [ColumnPurpose.SourceSentence, ColumnPurpose.ComparisonSentence];

    // The mean of states that are good at guessing words is a worse vector to begin with than a random one.
    /// <inheritdoc/>
    protected override bool CanPretrain => false;

    /// <inheritdoc/>
    protected override (double Least, double Greatest) LearningRates(ModelSize size) => size switch
    {
        ModelSize.Tiny => (5e-4, 2e-3),
        ModelSize.Small => (2e-4, 8e-4),
        _ => (1e-4, 4e-4),
    };

    /// <inheritdoc/>
    public override void Check(MLContext mlContext, TrainingSetup setup)
    {
        base.Check(mlContext, setup);
        var column = Column(setup, ColumnPurpose.Label);
        var numbers = setup.Dataset.Load(mlContext).GetColumn<float>(column).ToArray();
        if (Array.FindIndex(numbers, number => !float.IsFinite(number)) is var row and >= 0)
            throw new InputException($"Row {row + 1} of '{setup.Dataset.Path}' has no number in '{column}', where {Columns[0].Description} should be.");
        if (numbers.Distinct().Take(2).Count() < 2)
            throw new InputException($"All rows of '{setup.Dataset.Path}' have the same number in '{column}': there is nothing to learn.");
    }

    /// <inheritdoc/>
    public override FineTuningOptions Options(Trial trial, TrainingSetup setup)
    {
        var column = Column(setup, ColumnPurpose.Label);
        var numbers = setup.Dataset.Load(new MLContext()).GetColumn<float>(column).ToArray();
        return Complete(
            new SentenceSimilarityOptions
            {
                LabelColumnName = column,
                FirstSentenceColumnName = Column(setup, ColumnPurpose.SourceSentence),
                SecondSentenceColumnName = Column(setup, ColumnPurpose.ComparisonSentence),
                ScoreColumnName = AnswerColumn(setup, "Score"),
                MinimumScore = MathF.Floor(numbers.Min()),
                MaximumScore = MathF.Ceiling(numbers.Max()),
                ComparesVectors = trial.Size is not null,
            },
            trial,
            setup) with { TokenDropout = 0 };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<AnswerColumn> Answers(FineTuningOptions options) =>
        [new(((SentenceSimilarityOptions)options).ScoreColumnName, "float", AnswerPurpose.Answer, "How alike the sentences are.")];

    /// <inheritdoc/>
    public override ITransformer Fit(MLContext mlContext, FineTuningOptions options, MaskedLanguageModelOptions? pretraining, IDataView trainingRows)
    {
        var similarity = (SentenceSimilarityOptions)options;
        var trainer = mlContext.Regression.Trainers.TransformerSentenceSimilarity(similarity);
        return Train(mlContext, trainer, trainingRows, pretraining, trainingRows, similarity.FirstSentenceColumnName, similarity.SecondSentenceColumnName);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Evaluate(MLContext mlContext, FineTuningOptions options, ITransformer model, IDataView rows)
    {
        var similarity = (SentenceSimilarityOptions)options;
        var answered = model.Transform(rows);
        var correlation = mlContext.Regression.EvaluateCorrelation(answered, similarity.LabelColumnName, similarity.ScoreColumnName);
        var metrics = mlContext.Regression.Evaluate(answered, similarity.LabelColumnName, similarity.ScoreColumnName);
        return
        [
            new("Pearson-correlation", correlation.Pearson),
            new("Spearman-correlation", correlation.Spearman),
            new("RootMeanSquaredError", metrics.RootMeanSquaredError),
        ];
    }
}
