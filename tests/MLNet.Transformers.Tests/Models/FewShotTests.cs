using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

/// <summary>The two halves of few-shot learning: pairs, and the regression on vectors.</summary>
public sealed class FewShotTests
{
    [Fact]
    public void PairsAreAlikeWithinAClassAndNotBetweenClasses()
    {
        LabeledSequence[] texts = [.. Enumerable.Range(0, 9).Select(index => new LabeledSequence(new TokenSequence([index]), index == 8 ? 2 : index % 2))];
        var pairs = ContrastivePairs.Of(texts, 5, new Random(1));
        Assert.Equal(8 * 10 + 5, pairs.Count);
        Assert.Equal(40, pairs.Count(pair => pair.Similarity == 1));
        var labels = texts.ToDictionary(text => text.Tokens.Ids[0], text => text.Label);
        Assert.All(pairs, pair => Assert.Equal(pair.Similarity == 1, labels[pair.First.Ids[0]] == labels[pair.Second.Ids[0]]));
        Assert.All(pairs, pair => Assert.NotEqual(pair.First.Ids[0], pair.Second.Ids[0]));
        Assert.Throws<ArgumentException>(() => ContrastivePairs.Of([.. texts.Where(text => text.Label == 0)], 5, new Random(1)));
    }

    /// <summary>At the least value of a convex function, every slope is 0; slopes are taken by plain loops.</summary>
    [Theory]
    [InlineData(1e-3)]
    [InlineData(0.1)]
    public void TheRegressionStandsWhereAllSlopesAreZero(double penalty)
    {
        const int Count = 40, Width = 6, Classes = 3;
        using var scope = NewDisposeScope();
        var random = new Random(3);
        // Far from 0 and of very different spreads, as a model's vectors are.
        var features = Enumerable.Range(0, Count).Select(_ => Enumerable.Range(0, Width).Select(column => 5 + (column + 1) * (random.NextDouble() - 0.5)).ToArray()).ToArray();
        var labels = features.Select((row, index) => index % 10 == 0 ? random.Next(Classes) : row[5] > 6 ? 2 : row[1] > 5 ? 1 : 0).ToArray();
        var (weight, bias) = SoftmaxRegression.Fit(
            tensor(features.SelectMany(row => row).ToArray(), [Count, Width]), tensor(labels.Select(label => (long)label).ToArray(), [Count]), Classes, penalty);
        var (weights, biases) = (Tensors.Values(weight).Chunk(Width).ToArray(), Tensors.Values(bias));

        var (slopes, biasSlopes) = (weights.Select(row => row.Select(value => penalty * value).ToArray()).ToArray(), new double[Classes]);
        var right = 0;
        foreach (var (row, label) in features.Zip(labels))
        {
            var probabilities = Loops.Softmax([.. weights.Zip(biases, (w, b) => b + w.Zip(row, (x, y) => x * y).Sum())]);
            right += probabilities.Index().MaxBy(probability => probability.Item).Index == label ? 1 : 0;
            for (var c = 0; c < Classes; c++)
            {
                var error = (probabilities[c] - (c == label ? 1 : 0)) / Count;
                biasSlopes[c] += error;
                for (var i = 0; i < Width; i++)
                    slopes[c][i] += error * row[i];
            }
        }
        Assert.All(slopes.SelectMany(row => row).Concat(biasSlopes), slope => Assert.Equal(0, slope, 2e-6));
        Assert.True(right > 30, $"{right} of {Count} right");
    }
}
