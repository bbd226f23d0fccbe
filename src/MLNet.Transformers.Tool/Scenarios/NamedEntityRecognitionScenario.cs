using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Search;

namespace MLNet.Transformers.Tool.Scenarios;

/// <summary>Finds names and other entities among words: each word has a tag, such as B-person, I-person or O.</summary>
internal sealed class NamedEntityRecognitionScenario : EncoderScenario
{
    /// <summary>What stands behind the label's name in that of the column with the true tags as texts, which are measured by; those that training never met count there too.</summary>
    public const string TagsSuffix = "Tags";

    /// <inheritdoc/>
    public override string Command => "named-entity-recognition";

    /// <inheritdoc/>
    public override string Description => "Learns to find names and other entities in texts.";

    /// <inheritdoc/>
    public override string ModelBuilderName => "NamedEntityRecognition";

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnRole> Columns { get; } =
    [
        new(ColumnPurpose.Label, "--label-col", DataKind.String, "the tags of the words, separated by spaces"),
        new(ColumnPurpose.Text, "--text-col", DataKind.String, "the words, separated by spaces"),
    ];

    /// <inheritdoc/>
    public override string MetricName => "F1";

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnPurpose> Texts { get; } = [ColumnPurpose.Text];

    /// <inheritdoc/>
    protected override bool IsCaseSensitive => true;

    // A word's tag hangs on those around it, which a single layer hardly sees.
    /// <inheritdoc/>
    protected override IReadOnlyList<ModelSize> SizesOnCpu => [ModelSize.Small];

    /// <inheritdoc/>
    protected override int LargestBatch => 512;

    // As much text as has tags is too little: it took half of the F1, and as much time again.
    /// <inheritdoc/>
    protected override bool CanPretrain => false;

    // Few words are names: rates that suit a classifier learn to see none.
    /// <inheritdoc/>
    protected override (double Least, double Greatest) LearningRates(ModelSize size) => size == ModelSize.Small ? (1.5e-4, 8e-4) : (1e-4, 5e-4);

    /// <inheritdoc/>
    public override void Check(MLContext mlContext, TrainingSetup setup)
    {
        base.Check(mlContext, setup);
        var (text, label) = (Column(setup, ColumnPurpose.Text), Column(setup, ColumnPurpose.Label));
        var rows = Words(mlContext, text, label).Fit(setup.Dataset.Load(mlContext)).Transform(setup.Dataset.Load(mlContext));
        var wrong = rows.GetColumn<VBuffer<ReadOnlyMemory<char>>>(text).Select(words => words.Length)
            .Zip(rows.GetColumn<VBuffer<ReadOnlyMemory<char>>>(label + TagsSuffix).Select(tags => tags.Length)).Index()
            .FirstOrDefault(row => row.Item.First != row.Item.Second, (-1, default));
        if (wrong.Index >= 0)
            throw new InputException($"Row {wrong.Index + 1} of '{setup.Dataset.Path}' has {wrong.Item.First} words in '{text}' and {wrong.Item.Second} tags in '{label}': each word needs one, with spaces between them.");
        if (rows.GetColumn<string[]>(label + TagsSuffix).SelectMany(tags => tags).Distinct().Take(2).Count() < 2)
            throw new InputException($"All words of '{setup.Dataset.Path}' have the same tag in '{label}': there is nothing to tell apart.");
    }

    /// <inheritdoc/>
    public override FineTuningOptions Options(Trial trial, TrainingSetup setup) => Complete(
        new TokenClassificationOptions
        {
            LabelColumnName = Column(setup, ColumnPurpose.Label),
            TextColumnName = Column(setup, ColumnPurpose.Text),
            PredictedLabelColumnName = AnswerColumn(setup, "PredictedLabel"),
            ScoreColumnName = AnswerColumn(setup, "Score"),
            Scheme = TaggingScheme.Iob,
            LabelSmoothing = 0,
        },
        trial,
        setup);

    /// <inheritdoc/>
    public override IReadOnlyList<AnswerColumn> Answers(FineTuningOptions options)
    {
        var tagging = (TokenClassificationOptions)options;
        return
        [
            new(tagging.PredictedLabelColumnName, "string[]", AnswerPurpose.Answer, "The likeliest tag of each word."),
            new(tagging.EntityColumnsPrefix + "Texts", "string[]", AnswerPurpose.Detail, "The entities."),
            new(tagging.EntityColumnsPrefix + "Types", "string[]", AnswerPurpose.Detail, "What each entity is."),
            new(tagging.EntityColumnsPrefix + "Starts", "int[]", AnswerPurpose.Detail, "Where each entity begins in the text, in characters from 0."),
            new(tagging.EntityColumnsPrefix + "Lengths", "int[]", AnswerPurpose.Detail, "How many characters each entity has."),
            new(tagging.EntityColumnsPrefix + "Scores", "float[]", AnswerPurpose.Confidence, "The mean probability of each entity's words."),
        ];
    }

    /// <inheritdoc/>
    public override ITransformer Fit(MLContext mlContext, FineTuningOptions options, MaskedLanguageModelOptions? pretraining, IDataView trainingRows)
    {
        var tagging = (TokenClassificationOptions)options;
        var keys = Words(mlContext, tagging.TextColumnName, tagging.LabelColumnName)
            .Append(mlContext.Transforms.Conversion.MapValueToKey(tagging.LabelColumnName, tagging.LabelColumnName + TagsSuffix))
            .Fit(trainingRows);
        var rows = keys.Transform(trainingRows);
        var trainer = mlContext.TokenClassification.Trainers.TransformerTokenClassification(tagging);
        var model = Train(mlContext, trainer, rows, pretraining, trainingRows, tagging.TextColumnName);
        var values = mlContext.Transforms.Conversion.MapKeyToValue(tagging.PredictedLabelColumnName).Fit(model.Transform(rows));
        return keys.Append(model).Append(values);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Evaluate(MLContext mlContext, FineTuningOptions options, ITransformer model, IDataView rows)
    {
        var tagging = (TokenClassificationOptions)options;
        var metrics = mlContext.TokenClassification.Evaluate(
            model.Transform(rows), tagging.LabelColumnName + TagsSuffix, tagging.PredictedLabelColumnName, tagging.Scheme!.Value);
        return [new("F1", metrics.Micro.F1), new("Precision", metrics.Micro.Precision), new("Recall", metrics.Micro.Recall), new("Accuracy", metrics.Accuracy)];
    }

    private static EstimatorChain<ITransformer> Words(MLContext mlContext, string text, string label) => new EstimatorChain<ITransformer>()
        .Append(mlContext.Transforms.Text.TokenizeIntoWords(text))
        .Append<ITransformer>(mlContext.Transforms.Text.TokenizeIntoWords(label + TagsSuffix, label));
}
