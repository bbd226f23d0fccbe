using MLNet.Transformers.Evaluation;

namespace MLNet.Transformers;

/// <summary>How closely scores follow the true values.</summary>
/// <param name="Pearson">Linear correlation, from -1 to 1; not a number where a side does not vary.</param>
/// <param name="Spearman">Linear correlation of the ranks, equal values sharing the mean of theirs; not a number where a side does not vary.</param>
/// <param name="Count">Number of rows.</param>
public sealed record CorrelationMetrics(double Pearson, double Spearman, long Count)
{
    internal static CorrelationMetrics Of(IDataView data, string labelColumn, string scoreColumn)
    {
        var (labels, scores) = NumberColumns.Read(data, labelColumn, scoreColumn);
        return Of(labels, scores);
    }

    internal static CorrelationMetrics Of(double[] labels, double[] scores)
    {
        if (labels.Length < 2)
            throw new ArgumentException($"A correlation needs at least two rows, not {labels.Length}.");
        return new(Correlation(labels, scores), Correlation(Ranks(labels), Ranks(scores)), labels.Length);
    }

    private static double Correlation(double[] first, double[] second)
    {
        var (firstMean, secondMean) = (first.Average(), second.Average());
        var (product, firstSquares, secondSquares) = (0.0, 0.0, 0.0);
        for (var i = 0; i < first.Length; i++)
        {
            var (x, y) = (first[i] - firstMean, second[i] - secondMean);
            product += x * y;
            firstSquares += x * x;
            secondSquares += y * y;
        }
        return product / Math.Sqrt(firstSquares * secondSquares);
    }

    /// <summary>The place of each value in order, from 1; equal values have the mean of theirs.</summary>
    private static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(index => values[index])];
        var ranks = new double[values.Length];
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start + 1; end < order.Length && values[order[end]] == values[order[start]]; end++)
            {
            }
            foreach (var index in order.AsSpan(start..end))
                ranks[index] = (start + 1 + end) / 2.0;
        }
        return ranks;
    }
}
