using MLNet.Transformers.Models;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

public class PoolerTests
{
    private const int Width = 4;

    public static TheoryData<Pooling, int> Cases
    {
        get
        {
            var cases = new TheoryData<Pooling, int>();
            foreach (var pooling in Enum.GetValues<Pooling>().Where(pooling => pooling != Pooling.Pooler))
                foreach (var skipped in (int[])[0, 2])
                    cases.Add(pooling, skipped);
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void GivesWhatLoopsGivePaddingOrNot(Pooling pooling, int skipped)
    {
        using var scope = NewDisposeScope();
        manual_seed(6);
        var hidden = randn(2, 5, Width);
        var rows = Tensors.Values(hidden).Chunk(Width).ToArray();
        foreach (var lengths in (int[][])[[5, 3], [5, 5]])
        {
            var batch = TokenBatch.Pad([new TokenSequence(new int[lengths[0]]), new TokenSequence(new int[lengths[1]])], 0);
            double[] expected = [.. Pool(pooling, rows[..lengths[0]], skipped), .. Pool(pooling, rows[5..(5 + lengths[1])], skipped)];
            Tensors.Equal(expected, new Pooler(pooling, skipped).call(hidden, batch));
        }
    }

    [Fact]
    public void LeavesTheStatesAndTheMaskAsTheyWere()
    {
        using var scope = NewDisposeScope();
        var hidden = randn(2, 3, Width);
        using var batch = TokenBatch.Pad([new TokenSequence([1, 2, 3]), new TokenSequence([4])], 0);
        var (states, mask) = (Tensors.Values(hidden), Tensors.Values(batch.Mask!));
        foreach (var pooling in Enum.GetValues<Pooling>().Where(pooling => pooling != Pooling.Pooler))
            new Pooler(pooling, 1).call(hidden, batch);
        Assert.Equal(states, Tensors.Values(hidden));
        Assert.Equal(mask, Tensors.Values(batch.Mask!));
    }

    private static IEnumerable<double> Pool(Pooling pooling, double[][] tokens, int skipped)
    {
        var visible = tokens[skipped..];
        var columns = Enumerable.Range(0, Width);
        return pooling switch
        {
            Pooling.Cls => tokens[0],
            Pooling.Mean => columns.Select(c => visible.Average(token => token[c])),
            Pooling.Max => columns.Select(c => visible.Max(token => token[c])),
            Pooling.MeanMax => [.. Pool(Pooling.Mean, tokens, skipped), .. Pool(Pooling.Max, tokens, skipped)],
            Pooling.MeanSqrt => columns.Select(c => visible.Sum(token => token[c]) / Math.Sqrt(visible.Length)),
            Pooling.WeightedMean => columns.Select(c => visible.Index().Sum(token => (skipped + token.Index + 1) * token.Item[c]) / visible.Index().Sum(token => skipped + token.Index + 1)),
            _ => tokens[^1],
        };
    }
}
