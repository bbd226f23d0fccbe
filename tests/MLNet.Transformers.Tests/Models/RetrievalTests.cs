using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

public class RetrievalTests
{
    [Fact]
    public void WhatBelongsToAQueryIsFoundAmongTheBest()
    {
        using var scope = NewDisposeScope();
        var scores = tensor(new[] { 0.9f, 0.5f, 0.1f, 0.2f, 0.3f, 0.4f, 0.6f, 0.5f, 0.7f }, 3, 3);
        var own = eye(3, dtype: ScalarType.Bool);
        Assert.Equal(2 / 3.0, Retrieval.Recall(scores, own, 1), 12);
        Assert.Equal(1, Retrieval.Recall(scores, own, 2), 12);
        Assert.Equal(1, Retrieval.Recall(scores, own, 5), 12);
        Assert.Equal(2 / 3.0, Retrieval.Recall(scores.t(), own, 1), 12);
        // The first and the last belong to both.
        var both = tensor(new[] { true, false, true, false, true, false, true, false, true }, 3, 3);
        Assert.Equal(2 / 3.0, Retrieval.Recall(scores, both, 1), 12);
        Assert.Equal(2 / 3.0, Retrieval.Recall(scores.t(), both, 1), 12);
    }

    [Fact]
    public void ChanceIsWhatRandomOrdersFind()
    {
        using var scope = NewDisposeScope();
        const int Orders = 4000;
        var right = tensor(new[] { true, false, false, true, true, false, true, false, false, false, false, false }, 3, 4);
        var random = new Random(1);
        foreach (var k in new[] { 1, 2, 3, 9 })
        {
            var found = Enumerable.Range(0, Orders).Average(_ =>
                Retrieval.Recall(tensor([.. Enumerable.Range(0, 12).Select(_ => random.NextSingle())], [3, 4]), right, k));
            Assert.Equal(found, Retrieval.Chance(right, k), 0.02);
        }
        Assert.Equal(0.25, Retrieval.Chance(eye(4, dtype: ScalarType.Bool), 1), 12);
    }

    [Fact]
    public void WhatDoesNotGoTogetherIsRefused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => Retrieval.Recall(ones(2, 3), eye(2, dtype: ScalarType.Bool), 1));
        Assert.Throws<ArgumentException>(() => Retrieval.Chance(ones(2), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Retrieval.Chance(eye(2, dtype: ScalarType.Bool), 0));
    }
}
