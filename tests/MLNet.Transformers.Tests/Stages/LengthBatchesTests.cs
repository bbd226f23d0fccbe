using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Tests;

public class LengthBatchesTests
{
    [Fact]
    public void RowsOfLikeLengthsStayTogether()
    {
        Assert.Equal([3, 4], LengthBatches.Cut([100, 99, 98, 10, 10, 9, 8], budget: 4096, passCost: 64));
        Assert.Equal([7], LengthBatches.Cut([16, 15, 14, 12, 12, 11, 10], budget: 4096, passCost: 64));
        Assert.Equal([], LengthBatches.Cut([], budget: 4096, passCost: 64));
    }

    [Fact]
    public void AsFewAreFullOnes()
    {
        Assert.Equal([1, 2, 3], LengthBatches.Cut([500, 50, 40, 30, 30, 10], budget: 100, passCost: LengthBatches.AsFew));
        Assert.Equal([5], LengthBatches.Cut([0, 0, 0, 0, 0], budget: 100, passCost: LengthBatches.AsFew));
    }

    /// <summary>Against all ways to cut so few rows.</summary>
    [Fact]
    public void NoOtherCutCostsLess()
    {
        var random = new Random(1);
        for (var i = 0; i < 200; i++)
        {
            int[] lengths = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => random.Next(1, 60)).OrderDescending()];
            var (budget, passCost) = (random.Next(30, 300), random.Next(1, 100));
            var counts = LengthBatches.Cut(lengths, budget, passCost);
            Assert.Equal(lengths.Length, counts.Sum());
            Assert.Equal(Ways(lengths.Length).Min(way => Cost(way, lengths, budget, passCost)), Cost(counts, lengths, budget, passCost));
        }
    }

    private static IEnumerable<int[]> Ways(int rows) =>
        rows == 0 ? [[]] : Enumerable.Range(1, rows).SelectMany(first => Ways(rows - first).Select(rest => (int[])[first, .. rest]));

    private static long Cost(IReadOnlyList<int> counts, int[] lengths, int budget, int passCost)
    {
        var (cost, start) = (0L, 0);
        foreach (var count in counts)
        {
            var elements = count * lengths[start];
            if (elements > budget && count > 1)
                return long.MaxValue;
            (cost, start) = (cost + passCost + elements, start + count);
        }
        return cost;
    }
}
