using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Search;

namespace MLNet.Transformers.Tool.Scenarios;

/// <summary>Files texts under classes.</summary>
internal sealed class TextClassificationScenario : Scenario
{
    public override string Command => "text-classification";

    public override string Description => "Learns to file texts under classes.";

    public override string ModelBuilderName => "TextClassification";

    public override IReadOnlyList<ColumnRole> Columns { get; } =
    [
        new(ColumnPurpose.Label, "--label-col", DataKind.String, "the class"),
        new(ColumnPurpose.Text, "--text-col", DataKind.String, "the text"),
    ];

    public override string MetricName => "MicroAccuracy";

    public override void Check(MLContext mlContext, TrainingSetup setup)
    {
    }

    public override SearchSpace Space(TrainingSetup setup) => new()
    {
        Sizes = setup.PretrainedFolder is null ? [ModelSize.Tiny, ModelSize.Small, ModelSize.Medium] : [],
        LearningRates = size => size is null ? (1e-5, 1e-4) : (5e-4, 5e-3),
        MaxEpochs = 10,
        CanPretrain = setup.PretrainedFolder is null,
    };

    public override FineTuningOptions Options(Trial trial, TrainingSetup setup)
    {
        var dataset = (TabularDataset)setup.Dataset;
        return new TextClassificationOptions
        {
            LabelColumnName = dataset[ColumnPurpose.Label].Name,
            TextColumnName = dataset[ColumnPurpose.Text].Name,
            PretrainedFolder = setup.PretrainedFolder,
            LearningRate = trial.LearningRate,
            Epochs = trial.Epochs,
            MaxSteps = trial.MaxSteps,
            Seed = setup.Seed,
            GpuDeviceId = setup.GpuDeviceId,
        };
    }

    public override IReadOnlyList<AnswerColumn> Answers(FineTuningOptions options) => options is TextClassificationOptions classification
        ?
        [
            new(classification.PredictedLabelColumnName, "string", AnswerPurpose.Answer, "The likeliest class."),
            new(classification.ScoreColumnName, "float[]", AnswerPurpose.Probabilities, "One probability a class."),
        ]
        : [];

    public override ITransformer Fit(MLContext mlContext, FineTuningOptions options, MaskedLanguageModelOptions? pretraining, IDataView trainingRows)
    {
        var classification = (TextClassificationOptions)options;
        return mlContext.Transforms.Conversion.MapValueToKey(classification.LabelColumnName)
            .Append(mlContext.MulticlassClassification.Trainers.TransformerTextClassification(classification))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue(classification.PredictedLabelColumnName))
            .Fit(trainingRows);
    }

    public override IReadOnlyList<Metric> Evaluate(MLContext mlContext, FineTuningOptions options, ITransformer model, IDataView rows)
    {
        var classification = (TextClassificationOptions)options;
        var metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(rows), classification.LabelColumnName, classification.ScoreColumnName);
        return [new("MicroAccuracy", metrics.MicroAccuracy), new("MacroAccuracy", metrics.MacroAccuracy), new("LogLoss", metrics.LogLoss)];
    }
}
