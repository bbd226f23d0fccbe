using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

public class AttentionRolloutTests
{
    private const int Layers = 3, Heads = 2, Tokens = 5;

    [Theory]
    [InlineData(HeadFusion.Mean, 0)]
    [InlineData(HeadFusion.Min, 0)]
    [InlineData(HeadFusion.Max, 0)]
    [InlineData(HeadFusion.Mean, 0.4)]
    [InlineData(HeadFusion.Max, 0.93)]
    public void EqualsPlainLoops(HeadFusion fusion, double discardRatio)
    {
        using var scope = NewDisposeScope();
        var attentions = Attentions(7);
        var found = new AttentionRollout { HeadFusion = fusion, DiscardRatio = discardRatio }.Of(attentions);
        Assert.Equal([Tokens, Tokens], found.shape);
        Tensors.Equal(Loops([.. attentions.Select(Tensors.Values)], fusion, discardRatio), found);
        Tensors.Equal([1, 1, 1, 1, 1], found.sum(-1));
    }

    [Fact]
    public void RollsOutInputsOfOneLengthTogetherAsOneByOne()
    {
        using var scope = NewDisposeScope();
        var rollout = new AttentionRollout { DiscardRatio = 0.5 };
        var (first, second) = (Attentions(1), Attentions(2));
        var both = rollout.Of([.. first.Zip(second, (a, b) => stack([a, b]))]);
        Tensors.Equal(Tensors.Values(rollout.Of(first)), both[0], 1e-12);
        Tensors.Equal(Tensors.Values(rollout.Of(second)), both[1], 1e-12);
    }

    [Fact]
    public void RollsOutNumbersAsTensors()
    {
        using var scope = NewDisposeScope();
        var attentions = Attentions(3);
        float[] values = [.. attentions.SelectMany(Tensors.Values).Select(value => (float)value)];
        var weights = AttentionWeights.AmongTokens(values, Layers, Heads);
        Assert.Equal((Tokens, Tokens), (weights.Queries, weights.Keys));
        Tensors.Equal(Tensors.Values(new AttentionRollout().Of(attentions)), tensor(weights.Rollout(new AttentionRollout()).Values.ToArray()).view(Tokens, Tokens), 1e-6);
    }

    [Fact]
    public void RefusesWhatCannotBe()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("no layer", Assert.Throws<ArgumentException>(() => { new AttentionRollout().Of([]); }).Message);
        Assert.Contains("(2, 3, 4)", Assert.Throws<ArgumentException>(() => { new AttentionRollout().Of([ones(2, 3, 4)]); }).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AttentionRollout { DiscardRatio = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AttentionRollout { DiscardRatio = double.NaN });
        Assert.Contains("7 weights", Assert.Throws<ArgumentException>(() => new AttentionWeights(new float[7], 1, 2, 2, 2)).Message);
        Assert.Contains("Weight 1 is NaN", Assert.Throws<ArgumentException>(() => new AttentionWeights([0, float.NaN, 1, 1], 1, 1, 2, 2)).Message);
    }

    private static Tensor[] Attentions(int seed)
    {
        using var generator = new torch.Generator((ulong)seed);
        return [.. Enumerable.Range(0, Layers).Select(_ => randn([Heads, Tokens, Tokens], ScalarType.Float64, generator: generator).mul(2).softmax(-1))];
    }

    /// <summary>Section 3 of the paper, for one input; weights are (heads, tokens, tokens) a layer.</summary>
    private static double[] Loops(double[][] layers, HeadFusion fusion, double discardRatio)
    {
        double[,]? flow = null;
        foreach (var layer in layers)
        {
            var step = new double[Tokens, Tokens];
            for (var i = 0; i < Tokens; i++)
                for (var j = 0; j < Tokens; j++)
                {
                    var heads = Enumerable.Range(0, Heads).Select(head => layer[(head * Tokens + i) * Tokens + j]).ToArray();
                    step[i, j] = fusion switch { HeadFusion.Mean => heads.Average(), HeadFusion.Min => heads.Min(), _ => heads.Max() };
                }
            var places = Enumerable.Range(0, Tokens * Tokens).OrderBy(at => step[at / Tokens, at % Tokens]).Take((int)(Tokens * Tokens * discardRatio)).ToArray();
            foreach (var at in places)
                step[at / Tokens, at % Tokens] = 0;
            for (var i = 0; i < Tokens; i++)
            {
                step[i, i] += 1;
                var sum = Enumerable.Range(0, Tokens).Sum(j => step[i, j]);
                for (var j = 0; j < Tokens; j++)
                    step[i, j] /= sum;
            }
            flow = flow is null ? step : Product(step, flow);
        }
        return [.. flow!.Cast<double>()];
    }

    private static double[,] Product(double[,] left, double[,] right)
    {
        var result = new double[Tokens, Tokens];
        for (var i = 0; i < Tokens; i++)
            for (var j = 0; j < Tokens; j++)
                for (var k = 0; k < Tokens; k++)
                    result[i, j] += left[i, k] * right[k, j];
        return result;
    }
}
