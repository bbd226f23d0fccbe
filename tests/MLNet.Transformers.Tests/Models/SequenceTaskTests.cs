using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch;
using TransformerEncoder = MLNet.Transformers.Models.TransformerEncoder;

namespace MLNet.Transformers.Tests.Models;

/// <summary>Losses and metrics of whole sequences against plain loops over the model's scores.</summary>
public sealed class SequenceTaskTests
{
    private static readonly TokenSequence[] Texts = [new([3, 4, 5]), new([6, 7]), new([8]), new([9, 3, 6, 7])];

    [Fact]
    public void RegressionIsTheMeanSquaredError()
    {
        using var scope = NewDisposeScope();
        using var model = Model(1);
        float[] targets = [1.5f, -2, 0.25f, 3];
        var batch = Batch(Texts.Zip(targets, (text, target) => new ScoredSequence(text, target)));
        var expected = Scores(model).Zip(targets, (score, target) => Math.Pow(score[0] - target, 2)).Average();
        var task = new SequenceRegressionTask(model);
        Tensors.Equal([expected], task.Loss(batch).Mean);
        Assert.Equal(4, task.Loss(batch).Weight);
        var score = task.Score(batch);
        Assert.Equal(4 * expected, score.Loss, 1e-4);
        Assert.Equal(-4 * expected, score.Metric, 1e-4);
        Assert.Equal((4, 4), (score.Count, score.MetricCount));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void MultiLabelIsTheMeanBinaryCrossEntropyAndScoresMicroF1(bool weighed)
    {
        using var scope = NewDisposeScope();
        using var model = Model(3);
        float[][] labels = [[1, 0, 1], [0, 0, 0], [1, 1, 1], [0, 1, 0]];
        float[]? weights = weighed ? [2, 0.5f, 5] : null;
        var batch = Batch(Texts.Zip(labels, (text, label) => new MultiLabeledSequence(text, label)));
        var (sum, right, named) = (0.0, 0.0, 0.0);
        foreach (var (scores, truth) in Scores(model).Zip(labels))
        {
            for (var i = 0; i < 3; i++)
            {
                var probability = 1 / (1 + Math.Exp(-scores[i]));
                sum -= truth[i] * (weights?[i] ?? 1) * Math.Log(probability) + (1 - truth[i]) * Math.Log(1 - probability);
                right += probability >= 0.5 && truth[i] == 1 ? 1 : 0;
                named += (probability >= 0.5 ? 1 : 0) + truth[i];
            }
        }
        var task = new MultiLabelClassificationTask(model) { PositiveWeights = weights };
        Tensors.Equal([sum / 12], task.Loss(batch).Mean);
        var score = task.Score(batch);
        Assert.Equal(4 * sum / 12, score.Loss, 1e-4);
        Assert.Equal((2 * right, named), (score.Metric, score.MetricCount));
        Assert.Equal(2 * right / named, new TrainingRun<MultiLabeledSequence>(task, new TrainingOptions()).Validate(batch.Examples).Metric, 1e-9);
    }

    [Fact]
    public void NoLabelAnywhereIsAnF1OfZero()
    {
        using var scope = NewDisposeScope();
        using var model = Model(1);
        using (no_grad())
            foreach (var (name, parameter) in model.named_parameters())
                if (name == "head.output.bias")
                    parameter.fill_(-100);
        var task = new MultiLabelClassificationTask(model);
        Assert.Equal(0, new TrainingRun<MultiLabeledSequence>(task, new TrainingOptions()).Validate([new(Texts[0], [0])]).Metric);
    }

    private static TrainingBatch<T> Batch<T>(IEnumerable<T> examples) => new([.. examples], 5, new Random(1));

    private static double[][] Scores(TextModel model) => [.. Texts.Select(text =>
    {
        using var batch = TokenBatch.Pad([text], 0);
        return Tensors.Values(model.call(batch));
    })];

    private static TextModel Model(int outputs)
    {
        manual_seed(1);
        var model = TextModel.ForClassification(TransformerEncoder.Small with
        {
            VocabularySize = 10,
            HiddenSize = 8,
            Heads = 2,
            InnerSize = 16,
            Layers = 1,
            Dropout = 0,
            InitializerRange = 0.5,
            LabelNames = [.. Enumerable.Range(0, outputs).Select(index => $"{index}")],
        });
        model.eval();
        return model;
    }
}
