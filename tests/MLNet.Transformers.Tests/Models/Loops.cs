namespace MLNet.Transformers.Tests.Models;

/// <summary>The formulas of the papers as plain loops over doubles, for one sequence at a time.</summary>
internal static class Loops
{
    /// <summary>x Wᵀ + b, for rows of x.</summary>
    public static double[][] Linear(double[][] input, double[] weight, double[]? bias, int start, int count) =>
        [.. input.Select(row => Enumerable.Range(start, count)
            .Select(o => (bias?[o] ?? 0) + row.Select((value, i) => value * weight[o * row.Length + i]).Sum()).ToArray())];

    public static double[][] LayerNorm(double[][] input, double[] weight, double[] bias, double epsilon) =>
        [.. input.Select(row =>
        {
            var mean = row.Average();
            var variance = row.Average(value => (value - mean) * (value - mean));
            return row.Select((value, i) => (value - mean) / Math.Sqrt(variance + epsilon) * weight[i] + bias[i]).ToArray();
        })];

    public static double[][] RmsNorm(double[][] input, double[] weight, double epsilon) =>
        [.. input.Select(row =>
        {
            var scale = 1 / Math.Sqrt(row.Average(value => value * value) + epsilon);
            return row.Select((value, i) => value * scale * weight[i]).ToArray();
        })];

    /// <summary>Attention of one head: rows of queries over rows of keys and values.</summary>
    public static double[][] Attend(double[][] queries, double[][] keys, double[][] values) =>
        [.. queries.Select(query =>
        {
            var scores = keys.Select(key => query.Zip(key, (a, b) => a * b).Sum() / Math.Sqrt(query.Length)).ToArray();
            var weights = Softmax(scores);
            return Enumerable.Range(0, values[0].Length).Select(c => values.Select((value, j) => weights[j] * value[c]).Sum()).ToArray();
        })];

    public static double[] Softmax(double[] scores)
    {
        var exponentials = scores.Select(score => Math.Exp(score - scores.Max())).ToArray();
        return [.. exponentials.Select(value => value / exponentials.Sum())];
    }

    public static double[][] Columns(double[][] rows, int start, int count) => [.. rows.Select(row => row[start..(start + count)])];

    public static double[][] Beside(IEnumerable<double[][]> parts) =>
        parts.Aggregate((left, right) => [.. left.Zip(right, (a, b) => a.Concat(b).ToArray())]);

    public static double[][] Map(double[][] rows, Func<double, double> function) => [.. rows.Select(row => row.Select(function).ToArray())];

    public static double[][] Zip(double[][] left, double[][] right, Func<double, double, double> function) =>
        [.. left.Zip(right, (a, b) => a.Zip(b, function).ToArray())];

    /// <summary>The error function by its Taylor series, for the small arguments of the tests.</summary>
    public static double Erf(double x)
    {
        var (sum, term) = (x, x);
        for (var n = 1; n < 200; n++)
        {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return 2 / Math.Sqrt(Math.PI) * sum;
    }

    public static double Gelu(double x) => x / 2 * (1 + Erf(x / Math.Sqrt(2)));
}
