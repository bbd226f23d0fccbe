using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Stack.Tests.ML.Learning;

/// <summary>
/// The weights are those that ML.NET 5.0.0, compiled from its sources, found for the same rows, to some thousandths as
/// <see cref="MaximumEntropyTests"/> explains.
/// </summary>
public sealed class LogisticRegressionTests
{
    private readonly MLContext _context = new(1);

    private BinaryClassificationCatalog.BinaryClassificationTrainers Trainers => _context.BinaryClassification.Trainers;

    private IDataView Rows => LearningRows.Binary(_context);

    [Fact]
    public void Weights_are_those_of_MLNet() =>
        AssertModel(Trainers.LbfgsLogisticRegression(), 0.97, 0.9975757575757576, 0.24941826723214977, -0.27372992f, 3.7310705f, 0, -3.588314f, 0, -0.6287689f);

    [Fact]
    public void Weights_without_an_L1_penalty() => AssertModel(Trainers.LbfgsLogisticRegression(l1Regularization: 0),
        0.97, 0.9976767676767677, 0.22498429356224, -0.2980815f, 4.058661f, 0.08129832f, -3.8802788f, 0.25564682f, -1.0809895f);

    [Fact]
    public void Weights_of_rows_that_count_more_or_less() => AssertModel(
        Trainers.LbfgsLogisticRegression(exampleWeightColumnName: "Weight", l2Regularization: 0.1f),
        0.97, 0.9976767676767677, 0.14148943351549295, -0.6992426f, 6.817142f, 0, -6.007432f, 0, -1.127315f);

    [Fact]
    public void Weights_that_may_not_be_negative() => AssertModel(Trainers.LbfgsLogisticRegression(enforceNonNegativity: true),
        0.875, 0.963939393939394, 0.4424328503513294, -1.669354f, 4.9386554f, 0, 0, 0.060340837f, 0);

    [Fact]
    public void Statistics_are_those_of_MLNet()
    {
        var options = new LbfgsLogisticRegressionBinaryTrainer.Options { MaximumNumberOfIterations = 2, ShowTrainingStatistics = true };
        var model = AssertModel(Trainers.LbfgsLogisticRegression(options),
            0.96, 0.9978787878787879, 0.35745737821680984, 0.2601828f, 2.898377f, 0, -2.6175172f, 0, -0.45364916f);
        Assert.Equal(4, model.SubModel.Statistics.ParametersCount);
        Assert.Equal(99.108215, model.SubModel.Statistics.Deviance, 1e-3);
        Assert.Equal(275.25552, model.SubModel.Statistics.NullDeviance, 1e-3);
    }

    [Fact]
    public void Training_goes_on_from_a_model()
    {
        var options = new LbfgsLogisticRegressionBinaryTrainer.Options { MaximumNumberOfIterations = 2 };
        var begun = Trainers.LbfgsLogisticRegression(options).Fit(Rows);
        var done = Trainers.LbfgsLogisticRegression().Fit(Rows, begun.Model.SubModel);
        Assert.Equal(0.24941807415805395, _context.BinaryClassification.Evaluate(done.Transform(Rows)).LogLoss, 1e-4);
    }

    [Fact]
    public void Probabilities_are_logistic_in_the_score()
    {
        var model = Trainers.LbfgsLogisticRegression().Fit(Rows);
        Assert.Equal((-1, 0), (model.Model.Calibrator.Slope, model.Model.Calibrator.Offset));
        var scored = model.Transform(Rows);
        var scores = scored.GetColumn<float>("Score").ToArray();
        Assert.Equal(scores.Select(score => 1 / (1 + MathF.Exp(-score))), scored.GetColumn<float>("Probability"), (a, b) => Math.Abs(a - b) < 1e-6f);
        Assert.Equal(scores.Select(score => score > 0), scored.GetColumn<bool>("PredictedLabel"));
        Assert.Equal(float.NaN, model.Model.Calibrator.PredictProbability(float.NaN));
    }

    [Fact]
    public void The_threshold_can_be_moved()
    {
        var model = Trainers.LbfgsLogisticRegression().Fit(Rows);
        var moved = _context.BinaryClassification.ChangeModelThreshold(model, 1);
        Assert.Equal(model.Transform(Rows).GetColumn<float>("Score").Select(score => score > 1), moved.Transform(Rows).GetColumn<bool>("PredictedLabel"));
        Assert.Same(model, _context.BinaryClassification.ChangeModelThreshold(model, 0));
    }

    private CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator> AssertModel(
        LbfgsLogisticRegressionBinaryTrainer trainer, double accuracy, double area, double logLoss, float bias, params float[] weights)
    {
        var model = trainer.Fit(Rows);
        Assert.Equal(bias, model.Model.SubModel.Bias, 1e-3f);
        Assert.Equal(weights, model.Model.SubModel.Weights, (a, b) => Math.Abs(a - b) < 1e-3f);
        Assert.Equal(weights[2], model.Model.SubModel.Weights[2], 1e-3f);
        var metrics = _context.BinaryClassification.Evaluate(model.Transform(Rows));
        Assert.Equal(accuracy, metrics.Accuracy, 1e-9);
        Assert.Equal(area, metrics.AreaUnderRocCurve, 1e-9);
        Assert.Equal(logLoss, metrics.LogLoss, 2e-5);
        return model.Model;
    }
}
