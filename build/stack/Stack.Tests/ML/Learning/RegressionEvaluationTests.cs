using Microsoft.ML;
using Microsoft.ML.Data;

namespace Stack.Tests.ML.Learning;

public sealed class RegressionEvaluationTests
{
    private readonly MLContext _context = new(1);

    /// <summary>The numbers are those that ML.NET 5.0.0, compiled from its sources, gave for the same rows.</summary>
    [Fact]
    public void Metrics_are_those_of_MLNet()
    {
        var random = new PlainRandom(3);
        var rows = Enumerable.Range(0, 50).Select(_ =>
        {
            var label = 10 * random.Next();
            return (label, label + random.Next() - 0.4f);
        });
        var metrics = Evaluate([.. rows, (float.NaN, 1), (1, float.NaN)]);
        Assert.Equal(0.2524676686525345, metrics.MeanAbsoluteError, 1e-9);
        Assert.Equal(0.0922447585748546, metrics.MeanSquaredError, 1e-9);
        Assert.Equal(0.3037182223292745, metrics.RootMeanSquaredError, 1e-9);
        Assert.Equal(0.09224475869052184, metrics.LossFunction, 1e-9);
        Assert.Equal(0.9880636057817441, metrics.RSquared, 1e-9);
    }

    [Fact]
    public void Labels_that_do_not_vary_leave_nothing_to_explain()
    {
        var metrics = Evaluate((3, 2));
        Assert.Equal((1, 1, 1, 1), (metrics.MeanAbsoluteError, metrics.MeanSquaredError, metrics.RootMeanSquaredError, metrics.LossFunction));
        Assert.Equal(double.NaN, metrics.RSquared);
    }

    [Fact]
    public void No_rows_give_zeros()
    {
        var metrics = Evaluate();
        Assert.Equal((0, 0, 0, 0, 0), (metrics.MeanAbsoluteError, metrics.MeanSquaredError, metrics.RootMeanSquaredError,
            metrics.LossFunction, metrics.RSquared));
    }

    [Fact]
    public void Columns_of_the_wrong_kind_are_named()
    {
        var data = _context.Data.LoadFromEnumerable([new Row()]);
        Assert.Equal("Schema mismatch for label column 'Text': expected Single, got String (Parameter 'schema')",
            Assert.Throws<ArgumentOutOfRangeException>("schema", () => _context.Regression.Evaluate(data, "Text")).Message);
        Assert.Equal("Schema mismatch for score column 'Text': expected Single, got String (Parameter 'schema')",
            Assert.Throws<ArgumentOutOfRangeException>("schema", () => _context.Regression.Evaluate(data, scoreColumnName: "Text")).Message);
        Assert.Equal("Nope column 'Score' not found (Parameter 'schema')",
            Assert.Throws<ArgumentOutOfRangeException>("schema", () => _context.Regression.Evaluate(data, scoreColumnName: "Nope")).Message);
    }

    private RegressionMetrics Evaluate(params (float Label, float Score)[] rows) =>
        _context.Regression.Evaluate(_context.Data.LoadFromEnumerable(rows.Select(row => new Row { Label = row.Label, Score = row.Score })));

    private sealed class Row
    {
        public float Label { get; set; }

        public float Score { get; set; }

        public string Text { get; set; } = "";
    }
}
