using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch;
using TransformerEncoder = MLNet.Transformers.Models.TransformerEncoder;

namespace MLNet.Transformers.Tests.Models;

/// <summary>Losses and metrics of tokens, spans and choices against plain loops over the model's scores.</summary>
public sealed class TokenTaskTests
{
    private static readonly TokenSequence[] Texts = [new([3, 4, 5]), new([6, 7]), new([8]), new([9, 3, 6, 7])];

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(false, 2)]
    [InlineData(true, 0.5)]
    public void TaggingIsTheMeanLossOfTheLabelledTokens(bool weighed, double gamma)
    {
        using var scope = NewDisposeScope();
        using var model = Model(TokenClassification.Of);
        int[][] labels = [[-1, 0, 2], [1, -1], [-1], [2, 2, 0, -1]];
        float[]? weights = weighed ? [2, 0.5f, 3] : null;
        var (sum, weight, right) = (0.0, 0.0, 0);
        foreach (var (text, truth) in Texts.Zip(labels))
        {
            foreach (var (token, scores) in Scores(model, text).Index().Where(token => truth[token.Index] >= 0))
            {
                var probability = Loops.Softmax(scores)[truth[token]];
                sum -= (weights?[truth[token]] ?? 1) * Math.Pow(1 - probability, gamma) * Math.Log(probability);
                weight += weights?[truth[token]] ?? 1;
                right += Array.IndexOf(scores, scores.Max()) == truth[token] ? 1 : 0;
            }
        }
        var task = new TokenClassificationTask(model) { ClassWeights = weights, FocalGamma = gamma };
        var batch = Batch(Texts.Zip(labels, (text, label) => new TaggedSequence(text, label)));
        Tensors.Equal([sum / weight], task.Loss(batch).Mean);
        Assert.Equal(weight, task.Loss(batch).Weight);
        var score = task.Score(batch);
        Assert.Equal(sum, score.Loss, 1e-4);
        Assert.Equal((right, 6, weight), (score.Metric, score.MetricCount, score.Count));
    }

    [Fact]
    public void TaggingIsMeasuredSequenceBySequence()
    {
        using var scope = NewDisposeScope();
        using var model = Model(TokenClassification.Of);
        int[][] labels = [[-1, 0, 2], [1, -1], [-1], [2, 2, 0, -1]];
        var seen = new List<(int[] Actual, int[] Predicted)>();
        var task = new TokenClassificationTask(model)
        {
            Measure = new TagMeasure("halves", (actual, predicted) =>
            {
                seen.Add(([.. actual], [.. predicted]));
                return (1, 2);
            }),
        };
        var score = task.Score(Batch(Texts.Zip(labels, (text, label) => new TaggedSequence(text, label))));
        Assert.Equal((4, 8), (score.Metric, score.MetricCount));
        Assert.Equal("halves", task.MetricName);
        Assert.Equal(labels.Select(row => row.Where(label => label >= 0)), seen.Select(row => row.Actual));
        Assert.Equal(
            Texts.Zip(labels).Select(row => Scores(model, row.First).Index().Where(token => row.Second[token.Index] >= 0).Select(token => Array.IndexOf(token.Item, token.Item.Max()))),
            seen.Select(row => row.Predicted));
    }

    [Fact]
    public void ABatchWithoutLabelsTeachesNothingAndCountsNothing()
    {
        using var scope = NewDisposeScope();
        using var model = Model(TokenClassification.Of);
        var labelled = new TaggedSequence(Texts[0], [0, 1, 2]);
        var unlabelled = new TaggedSequence(Texts[1], [-1, -1]);
        var task = new TokenClassificationTask(model);
        var run = new TrainingRun<TaggedSequence>(task, new TrainingOptions { Batching = new TokenBudget(1), Epochs = 1, AccumulatedBatches = 2 });
        Assert.Equal(run.Validate([labelled]), run.Validate([labelled, unlabelled]));
        Assert.Equal(0, task.Loss(Batch([unlabelled])).Mean.item<float>());
        run.Run([labelled, unlabelled]);
        new TrainingRun<TaggedSequence>(task, new TrainingOptions { Batching = new TokenBudget(1), Epochs = 2 }).Run([labelled, unlabelled]);
        Assert.All(model.parameters(), parameter => Assert.True(parameter.isfinite().all().item<bool>()));
    }

    [Fact]
    public void SpansAreTheMeanCrossEntropyOfTheirEndsOverTheTokens()
    {
        using var scope = NewDisposeScope();
        using var model = Model(SpanExtraction.Of);
        (int Start, int End)[] spans = [(1, 2), (0, 0), (0, 0), (2, 3)];
        var (sum, right) = (0.0, 0);
        foreach (var (text, (start, end)) in Texts.Zip(spans))
        {
            var scores = Scores(model, text);
            var (starts, ends) = (scores.Select(token => token[0]).ToArray(), scores.Select(token => token[1]).ToArray());
            sum -= (Math.Log(Loops.Softmax(starts)[start]) + Math.Log(Loops.Softmax(ends)[end])) / 2;
            right += Array.IndexOf(starts, starts.Max()) == start && Array.IndexOf(ends, ends.Max()) == end ? 1 : 0;
        }
        var task = new SpanExtractionTask(model);
        var batch = Batch(Texts.Zip(spans, (text, span) => new SpanSequence(text, span.Start, span.End)));
        Tensors.Equal([sum / 4], task.Loss(batch).Mean);
        Assert.Equal(4, task.Loss(batch).Weight);
        var score = task.Score(batch);
        Assert.Equal(sum, score.Loss, 1e-4);
        Assert.Equal((right, 4), (score.Metric, score.Count));
        task.Loss(batch).Mean.backward();
        Assert.All(model.parameters(), parameter => Assert.True(parameter.grad!.isfinite().all().item<bool>()));
    }

    [Fact]
    public void ChoicesAreComparedWithTheOthersOfTheirRow()
    {
        using var scope = NewDisposeScope();
        using var model = Model(MultipleChoice.Of);
        TokenSequence[][] rows = [Texts[..2], [Texts[2], Texts[3]], [Texts[3], Texts[0]]];
        int[] labels = [1, 0, 1];
        var (sum, right) = (0.0, 0);
        foreach (var (row, label) in rows.Zip(labels))
        {
            var scores = row.Select(choice => Scores(model, choice)[0][0]).ToArray();
            sum -= Math.Log(Loops.Softmax(scores)[label]);
            right += scores[label] == scores.Max() ? 1 : 0;
        }
        var task = new MultipleChoiceTask(model);
        var batch = Batch(rows.Zip(labels, (row, label) => new ChoiceExample(row, label)));
        Tensors.Equal([sum / 3], task.Loss(batch).Mean);
        var score = task.Score(batch);
        Assert.Equal(sum, score.Loss, 1e-4);
        Assert.Equal((right, 3), (score.Metric, score.Count));
        Assert.Equal(8, task.LengthOf(batch.Examples[2]));
    }

    private static TrainingBatch<T> Batch<T>(IEnumerable<T> examples) => new([.. examples], 5, new Random(1));

    /// <summary>What the head says of a text alone, token by token where it says something of each.</summary>
    private static double[][] Scores(TextModel model, TokenSequence text)
    {
        using var batch = TokenBatch.Pad([text], 0);
        var scores = model.call(batch);
        return [.. Tensors.Values(scores).Chunk((int)scores.size(-1))];
    }

    private static TextModel Model(Func<TextConfig, TextBackbone, Head> createHead)
    {
        manual_seed(1);
        var model = TextModel.Create(
            TransformerEncoder.Small with
            {
                VocabularySize = 10,
                HiddenSize = 8,
                Heads = 2,
                InnerSize = 16,
                Layers = 1,
                Dropout = 0,
                InitializerRange = 0.5,
                LabelNames = ["a", "b", "c"],
            },
            createHead);
        model.eval();
        return model;
    }
}
