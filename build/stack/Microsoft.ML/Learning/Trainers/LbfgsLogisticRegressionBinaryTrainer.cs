using Microsoft.ML.Calibrators;

namespace Microsoft.ML.Trainers;

/// <summary>Learns the probability that a label is true, as a logistic function of a linear one.</summary>
public sealed class LbfgsLogisticRegressionBinaryTrainer : LbfgsTrainerBase<
    LbfgsLogisticRegressionBinaryTrainer.Options,
    BinaryPredictionTransformer<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>>,
    CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>>
{
    internal LbfgsLogisticRegressionBinaryTrainer(IHostEnvironment env, Options options)
        : base(
            env,
            Contracts.CheckValue(options, nameof(options)),
            new(options.LabelColumnName, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false),
            options.ShowTrainingStatistics)
    {
    }

    /// <summary>Goes on from a model over the same features.</summary>
    public BinaryPredictionTransformer<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>> Fit(
        IDataView trainData, LinearModelParameters modelParameters) => TrainTransformer(trainData, modelParameters);

    private protected override SchemaShape.Column[] GetOutputColumns(SchemaShape inputSchema) =>
    [
        new(DefaultColumnNames.Score, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, false,
            new(PredictionShape.ScoreAnnotations)),
        new(DefaultColumnNames.Probability, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, false,
            new([.. PredictionShape.ScoreAnnotations, PredictionShape.IsNormalized])),
        new(DefaultColumnNames.PredictedLabel, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false,
            new(PredictionShape.ScoreAnnotations)),
    ];

    private protected override BinaryPredictionTransformer<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>> MakeTransformer(
        CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator> model, DataViewSchema trainSchema) =>
        new(Host, model, trainSchema, FeatureColumn.Name);

    private protected override int ScoreCount(DataViewType labelType) => 1;

    private protected override LinearLoss MakeLoss(TrainingExamples examples, int features, int scores, ParallelVectors vectors) =>
        new LogisticLoss(examples, features, TrainerOptions.L2Regularization, vectors);

    // Logistic regression scores in log-odds, which need no calibration but the logistic function.
    private protected override CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator> MakeModel(
        LinearScores scores, ModelStatisticsBase statistics) =>
        new LogisticModelParameters(new(Host, scores, statistics), new(slope: -1, offset: 0));

    private protected override LinearScores ScoresOf(object initialModel, int features) => (initialModel as LinearModelParameters)?.Scores;

    private protected override float NullDeviance(TrainingExamples examples)
    {
        var positives = Enumerable.Range(0, examples.Rows).Where(row => examples.LabelOf(row) > 0).Sum(row => (double)examples.WeightOf(row));
        var share = positives / examples.WeightSum;
        return share <= 1e-15 || 1 - share <= 1e-15
            ? 0
            : (float)(-2 * examples.WeightSum * (share * Math.Log(share) + (1 - share) * Math.Log(1 - share)));
    }

    /// <summary>How to train.</summary>
    public sealed class Options : OptionsBase
    {
        public bool ShowTrainingStatistics;
    }
}
