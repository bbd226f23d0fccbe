using Microsoft.ML;
using Microsoft.ML.Data;

namespace Stack.Tests.ML.Learning;

/// <summary>The folds and their numbers are those that ML.NET 5.0.0, compiled from its sources, gave for the same rows and seeds.</summary>
public sealed class CrossValidationTests
{
    private readonly MLContext _context = new(1);

    [Fact]
    public void Classes_are_scored_fold_by_fold()
    {
        var data = LearningRows.Multiclass(_context);
        var results = _context.MulticlassClassification.CrossValidate(data, _context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(), 3);
        Assert.Equal([0, 1, 2], results.Select(result => result.Fold));
        Assert.Equal([72, 61, 67], results.Select(result => result.ScoredHoldOutSet.GetColumn<uint>("PredictedLabel").Count()));
        Assert.Equal([70 / 72.0, 59 / 61.0, 65 / 67.0], results.Select(result => result.Metrics.MicroAccuracy), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.All(results, result => Assert.IsType<MulticlassPredictionTransformer<Microsoft.ML.Trainers.MaximumEntropyModelParameters>>(result.Model));
    }

    [Fact]
    public void Binary_models_are_scored_fold_by_fold()
    {
        var data = LearningRows.Binary(_context);
        var trainer = _context.BinaryClassification.Trainers.LbfgsLogisticRegression();
        var calibrated = _context.BinaryClassification.CrossValidate(data, trainer, 2, seed: 3);
        Assert.Equal([0.97, 0.95], calibrated.Select(result => result.Metrics.Accuracy), (a, b) => Math.Abs(a - b) < 1e-9);
        // Rows of one key never stand on both sides.
        var grouped = _context.BinaryClassification.CrossValidateNonCalibrated(data, trainer, 2, samplingKeyColumnName: "Weight");
        Assert.Equal([128 / 134.0, 128 / 133.0], grouped.Select(result => result.Metrics.Accuracy), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void Regressions_are_scored_fold_by_fold()
    {
        var data = _context.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => new Point { Label = i, Features = [i], Score = i + 1 }));
        var results = _context.Regression.CrossValidate(data, _context.Transforms.CopyColumns("Score", "Score"), 4);
        Assert.Equal(40, results.Sum(result => result.ScoredHoldOutSet.GetColumn<float>("Score").Count()));
        Assert.All(results, result => Assert.Equal(1, result.Metrics.MeanAbsoluteError));
    }

    [Fact]
    public void Stages_for_training_and_testing_alone_take_part()
    {
        var data = _context.Data.LoadFromEnumerable(LearningRows.MulticlassRows());
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Key", "Label")
            .Append(_context.Transforms.CopyColumns("Copy", "Key"), TransformerScope.TrainTest)
            .Append(_context.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Copy"));
        var results = _context.MulticlassClassification.CrossValidate(data, pipeline, 2, "Copy");
        Assert.All(results, result => Assert.InRange(result.Metrics.MicroAccuracy, 0.9, 1));
    }

    [Fact]
    public void One_fold_is_refused()
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>("numFolds", () => _context.MulticlassClassification.CrossValidate(
            LearningRows.Multiclass(_context), _context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(), 1));
        Assert.Equal("Must be more than 1 (Parameter 'numFolds')", exception.Message);
    }

    private sealed class Point
    {
        public float Label { get; set; }

        [VectorType(1)]
        public float[] Features { get; set; } = [];

        public float Score { get; set; }
    }
}
