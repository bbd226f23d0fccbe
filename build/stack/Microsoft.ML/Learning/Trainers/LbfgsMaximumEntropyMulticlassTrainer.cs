namespace Microsoft.ML.Trainers;

/// <summary>Learns the probabilities of classes, given by keys, as a softmax over linear functions.</summary>
public sealed class LbfgsMaximumEntropyMulticlassTrainer : LbfgsTrainerBase<
    LbfgsMaximumEntropyMulticlassTrainer.Options, MulticlassPredictionTransformer<MaximumEntropyModelParameters>, MaximumEntropyModelParameters>
{
    internal LbfgsMaximumEntropyMulticlassTrainer(IHostEnvironment env, Options options)
        : base(
            env,
            Contracts.CheckValue(options, nameof(options)),
            new(options.LabelColumnName, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true),
            options.ShowTrainingStatistics)
    {
    }

    /// <summary>Goes on from a model over the same features and classes.</summary>
    public MulticlassPredictionTransformer<MaximumEntropyModelParameters> Fit(IDataView trainData, MaximumEntropyModelParameters modelParameters) =>
        TrainTransformer(trainData, modelParameters);

    private protected override SchemaShape.Column[] GetOutputColumns(SchemaShape inputSchema)
    {
        var label = inputSchema.Input(Host, LabelColumn.Name, "label");
        var keyValues = label.Annotations.Where(annotation => annotation.Name == AnnotationKinds.KeyValues).ToArray();
        return
        [
            new(DefaultColumnNames.Score, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false,
                new([.. PredictionShape.LabelNames(keyValues), .. PredictionShape.ScoreAnnotations])),
            new(DefaultColumnNames.PredictedLabel, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true,
                new([.. keyValues, .. PredictionShape.ScoreAnnotations])),
        ];
    }

    private protected override MulticlassPredictionTransformer<MaximumEntropyModelParameters> MakeTransformer(
        MaximumEntropyModelParameters model, DataViewSchema trainSchema) =>
        new(Host, model, trainSchema, FeatureColumn.Name, LabelColumn.Name);

    private protected override int ScoreCount(DataViewType labelType)
    {
        var classes = labelType.GetKeyCount();
        Contracts.CheckParam(classes < (ulong)Array.MaxLength, "data", $"Maximum label is too large for multi-class: {classes}.");
        return (int)classes;
    }

    private protected override LinearLoss MakeLoss(TrainingExamples examples, int features, int scores, ParallelVectors vectors) =>
        new MaximumEntropyLoss(examples, features, scores, TrainerOptions.L2Regularization, vectors);

    private protected override MaximumEntropyModelParameters MakeModel(LinearScores scores, ModelStatisticsBase statistics) =>
        new(Host, scores, statistics);

    private protected override LinearScores ScoresOf(object initialModel, int features)
    {
        var scores = (initialModel as MaximumEntropyModelParameters)?.Scores;
        Contracts.Check(scores is null || scores.Features == features,
            "The input training data must have the same features used to train the input predictor.");
        return scores;
    }

    private protected override float NullDeviance(TrainingExamples examples)
    {
        var weights = Enumerable.Range(0, examples.Rows)
            .GroupBy(examples.LabelOf, examples.WeightOf).Select(ofLabel => ofLabel.Sum(weight => (double)weight));
        return (float)weights.Sum(weight => -2 * weight * Math.Log(weight / examples.WeightSum));
    }

    /// <summary>How to train.</summary>
    public sealed class Options : OptionsBase
    {
        public bool ShowTrainingStatistics;
    }
}
