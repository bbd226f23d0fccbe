using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Stack.Tests.ML.Learning;

/// <summary>
/// The weights are those that ML.NET 5.0.0, compiled from its sources, found for the same rows. It stops when the loss improves by less than
/// 1e-7 a step, where a weight may still be off by some thousandths; so do we, and sums in another order end at another such point.
/// </summary>
public sealed class MaximumEntropyTests
{
    private readonly MLContext _context = new(1);

    private MulticlassClassificationCatalog.MulticlassClassificationTrainers Trainers => _context.MulticlassClassification.Trainers;

    private IDataView Rows => LearningRows.Multiclass(_context);

    [Fact]
    public void Weights_are_those_of_MLNet() => AssertModel(Trainers.LbfgsMaximumEntropy(), 0.985, 0.16071246026892555,
        [-0.08296726f, -0.024938868f, 0.10790618f],
        [3.2830107f, -0.9855518f, -0.26113358f, 0, -0.40890902f, 0],
        [-1.5763454f, -0.7741551f, 2.529478f, -0.22092535f, 1.047096f, 0],
        [-0.70670766f, 2.7596645f, -1.2683866f, 0.4522338f, 0, 0]);

    [Fact]
    public void Weights_without_an_L1_penalty() => AssertModel(Trainers.LbfgsMaximumEntropy(l1Regularization: 0), 0.98, 0.12924291789642064,
        [0.052949622f, -0.13011853f, 0.07716906f],
        [3.2163491f, -1.5669099f, -0.81734365f, -0.15377146f, -0.90994227f, -0.102385506f],
        [-2.0562525f, -1.165164f, 2.5122404f, -0.6324072f, 1.2714747f, -0.030887865f],
        [-1.1600966f, 2.732074f, -1.6948967f, 0.78617865f, -0.3615324f, 0.13327342f]);

    [Fact]
    public void Weights_without_an_L2_penalty() => AssertModel(Trainers.LbfgsMaximumEntropy(l2Regularization: 0), 0.975, 0.08142273627633674,
        [-0.23731986f, -0.10531178f, 0.3426673f],
        [7.3631277f, -0.19533506f, 0, 0, 0, 0],
        [-0.87411433f, 0, 5.145174f, 0, 1.6671697f, 0],
        [0, 5.956615f, -0.448865f, 0, 0, 0]);

    [Fact]
    public void Weights_that_may_not_be_negative() => AssertModel(Trainers.LbfgsMaximumEntropy(enforceNonNegativity: true), 0.98, 0.18619425377580676,
        [0.09981738f, -0.104198866f, 0.0043817204f],
        [4.120344f, 0, 0, 0, 0, 0],
        [0, 0, 3.0425396f, 0, 1.3579971f, 0],
        [0, 3.5122676f, 0, 0.60459286f, 0, 0]);

    [Fact]
    public void Weights_of_rows_that_count_more_or_less() => AssertModel(
        Trainers.LbfgsMaximumEntropy(exampleWeightColumnName: "Weight"), 0.98, 0.13143014032743486,
        [-0.10362914f, -0.035762873f, 0.13939191f],
        [4.0820174f, -0.8304013f, -0.0114149265f, 0, -0.4833383f, 0],
        [-1.5272262f, -0.6154123f, 3.1385016f, -0.18239535f, 1.1805443f, 0],
        [-0.5598652f, 3.440739f, -1.1321625f, 0.45460004f, 0, 0]);

    /// <summary>Three steps leave no room for another end: they are the same to rounding.</summary>
    [Fact]
    public void Every_step_is_that_of_MLNet()
    {
        var trainer = Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            MaximumNumberOfIterations = 3,
            NumberOfThreads = 1,
            ShowTrainingStatistics = true,
        });
        var model = AssertModel(trainer, 0.975, 0.1720726852637098,
            [0.08067134f, -0.07637719f, -0.00429374f],
            [3.0105724f, -1.1625946f, -0.4797396f, -0.034168974f, -0.64293575f, -0.04485083f],
            [-1.801249f, -0.994712f, 2.0515466f, -0.40895605f, 0.9719871f, 0],
            [-1.0423903f, 2.324241f, -1.4048727f, 0.61005837f, -0.16211797f, 0.10074702f],
            tolerance: 2e-6f);
        var statistics = model.Model.Statistics;
        Assert.Equal((20, 200), (statistics.ParametersCount, statistics.TrainingExampleCount));
        Assert.Equal(68.82907, statistics.Deviance, 1e-3);
        Assert.Equal(438.31262, statistics.NullDeviance, 1e-3);
    }

    [Fact]
    public void Equal_features_share_their_weight()
    {
        var rows = _context.Data.LoadFromEnumerable(LearningRows.MulticlassRows());
        var thrice = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.Transforms.Concatenate("Thrice", "Features", "Features", "Features")).Fit(rows).Transform(rows);
        var model = Trainers.LbfgsMaximumEntropy(featureColumnName: "Thrice", l1Regularization: 0).Fit(thrice);
        var weights = Weights(model.Model);
        Assert.All(weights, ofClass => Assert.Equal(ofClass[..6], ofClass[6..12]));
        Assert.All(weights, ofClass => Assert.Equal(ofClass[..6], ofClass[12..]));
        float[] expected =
        [
            1.435116f, -0.7527536f, -0.4173916f, -0.078268334f, -0.44808108f, -0.052839473f,
            -0.9274229f, -0.46510145f, 1.1419305f, -0.29224157f, 0.5954647f, 0.02806198f,
            -0.5076932f, 1.2178551f, -0.7245388f, 0.37050965f, -0.14738329f, 0.024777532f,
        ];
        Assert.Equal(expected, weights.SelectMany(ofClass => ofClass[..6]), (a, b) => Math.Abs(a - b) < 1e-3f);
        Assert.Equal(0.08056733218473103, _context.MulticlassClassification.Evaluate(model.Transform(thrice)).LogLoss, 2e-5);

        // The copies go on from weights of their own, to the same end.
        var options = new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            FeatureColumnName = "Thrice",
            InitialWeightsDiameter = 0.5f,
            L1Regularization = 0,
            MaximumNumberOfIterations = 1,
        };
        var begun = Trainers.LbfgsMaximumEntropy(options).Fit(thrice);
        Assert.NotEqual(Weights(begun.Model)[0][0], Weights(begun.Model)[0][6]);
        var done = Trainers.LbfgsMaximumEntropy(featureColumnName: "Thrice", l1Regularization: 0).Fit(thrice, begun.Model);
        Assert.Equal(expected, Weights(done.Model).SelectMany(ofClass => ofClass[..6]), (a, b) => Math.Abs(a - b) < 5e-3f);
    }

    [Fact]
    public void Training_goes_on_from_a_model()
    {
        var options = new LbfgsMaximumEntropyMulticlassTrainer.Options { MaximumNumberOfIterations = 3 };
        var begun = Trainers.LbfgsMaximumEntropy(options).Fit(Rows);
        var done = Trainers.LbfgsMaximumEntropy().Fit(Rows, begun.Model);
        Assert.Equal(0.16070933043100444, _context.MulticlassClassification.Evaluate(done.Transform(Rows)).LogLoss, 1e-4);
        Assert.Equal("The input training data must have the same features used to train the input predictor.",
            Assert.Throws<InvalidOperationException>(() => Trainers.LbfgsMaximumEntropy(featureColumnName: "Other").Fit(WithOtherFeatures, begun.Model)).Message);
    }

    [Fact]
    public void The_number_of_threads_changes_nothing_that_matters()
    {
        var options = new LbfgsMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1 };
        var one = Trainers.LbfgsMaximumEntropy(options).Fit(Rows).Model;
        options.NumberOfThreads = 3;
        var three = Trainers.LbfgsMaximumEntropy(options).Fit(Rows).Model;
        Assert.Equal(one.GetBiases(), three.GetBiases(), (a, b) => Math.Abs(a - b) < 1e-3f);
        Assert.Equal(Weights(one).SelectMany(x => x), Weights(three).SelectMany(x => x), (a, b) => Math.Abs(a - b) < 1e-3f);
    }

    [Fact]
    public void Initial_weights_lead_to_the_same_end()
    {
        var options = new LbfgsMaximumEntropyMulticlassTrainer.Options { InitialWeightsDiameter = 0.5f };
        var metrics = _context.MulticlassClassification.Evaluate(Trainers.LbfgsMaximumEntropy(options).Fit(Rows).Transform(Rows));
        Assert.Equal(0.16071631280262932, metrics.LogLoss, 1e-4);
    }

    [Fact]
    public void Rows_without_label_weight_or_finite_features_are_left_out()
    {
        var rows = LearningRows.MulticlassRows(60);
        var model = Trainers.LbfgsMaximumEntropy(exampleWeightColumnName: "Weight").Fit(Keyed(rows));
        LearningRows.MulticlassRow[] spoilt =
        [
            .. rows, new() { Label = "", Features = new float[6], Weight = 1 }, new() { Label = "class1", Features = new float[6], Weight = 0 },
            new() { Label = "class1", Features = new float[6], Weight = float.NaN },
            new() { Label = "class1", Features = [0, 0, float.NaN, 0, 0, 0], Weight = 1 },
        ];
        var messages = new List<string>();
        _context.Log += (_, message) => messages.Add(message.RawMessage);
        var same = Trainers.LbfgsMaximumEntropy(exampleWeightColumnName: "Weight").Fit(Keyed(spoilt));
        Assert.Equal(Weights(model.Model).SelectMany(x => x), Weights(same.Model).SelectMany(x => x));
        Assert.Contains("Skipped 4 instances with missing features/label/weight during training", messages);
    }

    [Fact]
    public void A_class_without_rows_is_learnt_as_unlikely()
    {
        var rows = _context.Data.LoadFromEnumerable(LearningRows.MulticlassRows(60).Select(row =>
            new FourClasses { Label = (uint)(row.Label[^1] - '0'), Features = row.Features }));
        var scores = Trainers.LbfgsMaximumEntropy().Fit(rows).Transform(rows).GetColumn<float[]>("Score").ToArray();
        Assert.All(scores, score => Assert.InRange(score[3], 0, 0.02f));
        Assert.All(scores, score => Assert.Equal(1, score.Sum(), 1e-5f));
    }

    private IDataView WithOtherFeatures
    {
        get
        {
            var rows = _context.Data.LoadFromEnumerable(LearningRows.MulticlassRows());
            return _context.Transforms.Conversion.MapValueToKey("Label")
                .Append(_context.Transforms.Concatenate("Other", "Features", "Weight")).Fit(rows).Transform(rows);
        }
    }

    private IDataView Keyed(LearningRows.MulticlassRow[] rows)
    {
        var data = _context.Data.LoadFromEnumerable(rows);
        return _context.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
    }

    private MulticlassPredictionTransformer<MaximumEntropyModelParameters> AssertModel(
        LbfgsMaximumEntropyMulticlassTrainer trainer, double microAccuracy, double logLoss,
        float[] biases, float[] first, float[] second, float[] third, float tolerance = 1e-3f)
    {
        var model = trainer.Fit(Rows);
        Assert.Equal(biases, model.Model.GetBiases(), (a, b) => Math.Abs(a - b) < tolerance);
        Assert.Equal([.. first, .. second, .. third], Weights(model.Model).SelectMany(x => x), (a, b) => Math.Abs(a - b) < tolerance);
        var metrics = _context.MulticlassClassification.Evaluate(model.Transform(Rows));
        Assert.Equal(microAccuracy, metrics.MicroAccuracy, 1e-9);
        Assert.Equal(logLoss, metrics.LogLoss, 2e-5);
        return model;
    }

    private static float[][] Weights(MaximumEntropyModelParameters model)
    {
        VBuffer<float>[] weights = [];
        model.GetWeights(ref weights, out var classes);
        return [.. weights.Take(classes).Select(vector => vector.DenseValues().ToArray())];
    }

    private sealed class FourClasses
    {
        [KeyType(4)]
        public uint Label { get; set; }

        [VectorType(6)]
        public float[] Features { get; set; } = [];
    }
}
