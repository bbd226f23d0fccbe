namespace Microsoft.ML;

public sealed partial class BinaryClassificationCatalog
{
    /// <summary>Compares scores and probabilities with labels; a score above zero predicts true.</summary>
    public CalibratedBinaryClassificationMetrics Evaluate(
        IDataView data,
        string labelColumnName = DefaultColumnNames.Label,
        string scoreColumnName = DefaultColumnNames.Score,
        string probabilityColumnName = DefaultColumnNames.Probability,
        string predictedLabelColumnName = DefaultColumnNames.PredictedLabel)
    {
        Environment.CheckValue(data, nameof(data));
        Environment.CheckNonEmpty(labelColumnName, nameof(labelColumnName));
        Environment.CheckNonEmpty(scoreColumnName, nameof(scoreColumnName));
        Environment.CheckNonEmpty(probabilityColumnName, nameof(probabilityColumnName));
        Environment.CheckNonEmpty(predictedLabelColumnName, nameof(predictedLabelColumnName));
        var evaluator = new BinaryEvaluator(Environment);
        var counts = evaluator.Count(data, labelColumnName, scoreColumnName, probabilityColumnName, predictedLabelColumnName, out var classNames);
        return new(counts, classNames);
    }

    /// <summary>Compares scores with labels; a score above zero predicts true.</summary>
    public BinaryClassificationMetrics EvaluateNonCalibrated(
        IDataView data,
        string labelColumnName = DefaultColumnNames.Label,
        string scoreColumnName = DefaultColumnNames.Score,
        string predictedLabelColumnName = DefaultColumnNames.PredictedLabel)
    {
        Environment.CheckValue(data, nameof(data));
        Environment.CheckNonEmpty(labelColumnName, nameof(labelColumnName));
        Environment.CheckNonEmpty(scoreColumnName, nameof(scoreColumnName));
        Environment.CheckNonEmpty(predictedLabelColumnName, nameof(predictedLabelColumnName));
        var evaluator = new BinaryEvaluator(Environment);
        var counts = evaluator.Count(data, labelColumnName, scoreColumnName, null, predictedLabelColumnName, out var classNames);
        return new(counts, classNames);
    }

    /// <summary>Trains as often as there are folds, on all but one of them, and evaluates on that one.</summary>
    public IReadOnlyList<CrossValidationResult<CalibratedBinaryClassificationMetrics>> CrossValidate(
        IDataView data,
        IEstimator<ITransformer> estimator,
        int numberOfFolds = 5,
        string labelColumnName = DefaultColumnNames.Label,
        string samplingKeyColumnName = null,
        int? seed = null)
    {
        Environment.CheckNonEmpty(labelColumnName, nameof(labelColumnName));
        return CrossValidate(data, estimator, numberOfFolds, samplingKeyColumnName, seed, scores => Evaluate(scores, labelColumnName));
    }

    /// <summary>The same, without probabilities.</summary>
    public IReadOnlyList<CrossValidationResult<BinaryClassificationMetrics>> CrossValidateNonCalibrated(
        IDataView data,
        IEstimator<ITransformer> estimator,
        int numberOfFolds = 5,
        string labelColumnName = DefaultColumnNames.Label,
        string samplingKeyColumnName = null,
        int? seed = null)
    {
        Environment.CheckNonEmpty(labelColumnName, nameof(labelColumnName));
        return CrossValidate(data, estimator, numberOfFolds, samplingKeyColumnName, seed, scores => EvaluateNonCalibrated(scores, labelColumnName));
    }

    /// <summary>The same predictions, true above another threshold.</summary>
    public BinaryPredictionTransformer<TModel> ChangeModelThreshold<TModel>(BinaryPredictionTransformer<TModel> model, float threshold)
        where TModel : class =>
        model.Threshold == threshold
            ? model
            : new(Environment, model.Model, model.FeatureColumnName, model.FeatureColumnType, threshold, model.ThresholdColumn);
}
