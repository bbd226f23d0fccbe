using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Search;

namespace MLNet.Transformers.Tool.Scenarios;

/// <summary>Files texts under classes.</summary>
internal sealed class TextClassificationScenario : EncoderScenario
{
    /// <inheritdoc/>
    public override string Command => "text-classification";

    /// <inheritdoc/>
    public override string Description => "Learns to file texts under classes.";

    /// <inheritdoc/>
    public override string ModelBuilderName => "TextClassification";

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnRole> Columns { get; } =
    [
        new(ColumnPurpose.Label, "--label-col", DataKind.String, "the class"),
        new(ColumnPurpose.Text, "--text-col", DataKind.String, "the text"),
    ];

    /// <inheritdoc/>
    public override string MetricName => "MicroAccuracy";

    /// <inheritdoc/>
    protected override IReadOnlyList<ColumnPurpose> Texts { get; } = [ColumnPurpose.Text];

    /// <inheritdoc/>
    public override void Check(MLContext mlContext, TrainingSetup setup)
    {
        base.Check(mlContext, setup);
        var column = Column(setup, ColumnPurpose.Label);
        if (setup.Dataset.Load(mlContext).GetColumn<string>(column).Distinct().Take(2).Count() < 2)
            throw new InputException($"All rows of '{setup.Dataset.Path}' have the same class in '{column}': there is nothing to tell apart.");
    }

    /// <inheritdoc/>
    public override FineTuningOptions Options(Trial trial, TrainingSetup setup) => Complete(
        new TextClassificationOptions
        {
            LabelColumnName = Column(setup, ColumnPurpose.Label),
            TextColumnName = Column(setup, ColumnPurpose.Text),
            ScoreColumnName = AnswerColumn(setup, "Score"),
            PredictedLabelColumnName = AnswerColumn(setup, "PredictedLabel"),
            LabelSmoothing = trial.Size is null ? 0 : 0.1,
        },
        trial,
        setup);

    /// <inheritdoc/>
    public override IReadOnlyList<AnswerColumn> Answers(FineTuningOptions options)
    {
        var classification = (TextClassificationOptions)options;
        return
        [
            new(classification.PredictedLabelColumnName, "string", AnswerPurpose.Answer, "The likeliest class."),
            new(classification.ScoreColumnName, "float[]", AnswerPurpose.Probabilities, "The probability of each class."),
        ];
    }

    /// <inheritdoc/>
    public override ITransformer Fit(MLContext mlContext, FineTuningOptions options, MaskedLanguageModelOptions? pretraining, IDataView trainingRows)
    {
        var classification = (TextClassificationOptions)options;
        var keys = mlContext.Transforms.Conversion.MapValueToKey(classification.LabelColumnName).Fit(trainingRows);
        var rows = keys.Transform(trainingRows);
        var trainer = mlContext.MulticlassClassification.Trainers.TransformerTextClassification(classification);
        var model = Train(mlContext, trainer, rows, pretraining, trainingRows, classification.TextColumnName);
        var values = mlContext.Transforms.Conversion.MapKeyToValue(classification.PredictedLabelColumnName).Fit(model.Transform(rows));
        return keys.Append(model).Append(values);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Evaluate(MLContext mlContext, FineTuningOptions options, ITransformer model, IDataView rows)
    {
        var classification = (TextClassificationOptions)options;
        var metrics = mlContext.MulticlassClassification.Evaluate(
            model.Transform(rows), classification.LabelColumnName, classification.ScoreColumnName, classification.PredictedLabelColumnName);
        return [new("MicroAccuracy", metrics.MicroAccuracy), new("MacroAccuracy", metrics.MacroAccuracy), new("LogLoss", metrics.LogLoss)];
    }
}
