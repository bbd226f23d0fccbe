using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Stack.Tests.ML.Data;

namespace Stack.Tests.ML.Learning;

public sealed class LpNormTests
{
    private readonly MLContext _context = new(1);

    private IDataView Rows => _context.Data.LoadFromEnumerable(new[]
    {
        new Row { Vector = [0, 1, -4] }, new Row { Vector = [0, 3, 0] }, new Row { Vector = [0, 2, 8] }, new Row { Vector = [0, 0, 0] },
    });

    /// <summary>The numbers are those that ML.NET 5.0.0, compiled from its sources, gave for the same rows.</summary>
    public static TheoryData<LpNormNormalizingEstimatorBase.NormFunction, bool, float[]> Scaled => new()
    {
        { LpNormNormalizingEstimatorBase.NormFunction.L2, false, [0, 0.24253564f, -0.97014254f, 0, 1, 0, 0, 0.24253564f, 0.97014254f] },
        {
            LpNormNormalizingEstimatorBase.NormFunction.L2, true,
            [0.26726124f, 0.5345225f, -0.8017837f, -0.40824828f, 0.81649655f, -0.40824828f, -0.56613845f, -0.22645538f, 0.7925939f]
        },
        {
            LpNormNormalizingEstimatorBase.NormFunction.StandardDeviation, false,
            [0, 0.46291006f, -1.8516402f, 0, 2.1213202f, 0, 0, 0.5883484f, 2.3533936f]
        },
        {
            LpNormNormalizingEstimatorBase.NormFunction.StandardDeviation, true,
            [0.46291006f, 0.9258201f, -1.3887302f, -0.70710677f, 1.4142135f, -0.70710677f, -0.9805806f, -0.39223224f, 1.372813f]
        },
        { LpNormNormalizingEstimatorBase.NormFunction.L1, false, [0, 0.2f, -0.8f, 0, 1, 0, 0, 0.2f, 0.8f] },
        {
            LpNormNormalizingEstimatorBase.NormFunction.L1, true,
            [0.16666667f, 0.33333334f, -0.5f, -0.25f, 0.5f, -0.25f, -0.35714284f, -0.14285712f, 0.5f]
        },
        { LpNormNormalizingEstimatorBase.NormFunction.Infinity, false, [0, 0.25f, -1, 0, 1, 0, 0, 0.25f, 1] },
        {
            LpNormNormalizingEstimatorBase.NormFunction.Infinity, true,
            [0.33333334f, 0.6666667f, -1, -0.5f, 1, -0.5f, -0.7142857f, -0.28571424f, 1]
        },
    };

    [Theory]
    [MemberData(nameof(Scaled))]
    public void Vectors_are_scaled_to_their_norm(LpNormNormalizingEstimatorBase.NormFunction norm, bool ensureZeroMean, float[] expected)
    {
        var estimator = _context.Transforms.NormalizeLpNorm("Out", "Vector", norm, ensureZeroMean);
        var scaled = StageCheck.Run(_context, estimator, Rows);
        Assert.Equal([.. expected, 0, 0, 0], StageCheck.Vectors<float>(scaled, "Out").SelectMany(x => x), (a, b) => Math.Abs(a - b) < 3e-7f);
        Assert.True(scaled.Schema["Out"].IsNormalized());
    }

    [Fact]
    public void What_is_not_a_number_leaves_the_scale()
    {
        var data = _context.Data.LoadFromEnumerable([new Row { Vector = [0, float.NaN, 2] }]);
        Assert.Equal([0, float.NaN, 2], StageCheck.Vectors<float>(_context.Transforms.NormalizeLpNorm("Vector").Fit(data).Transform(data), "Vector")[0]);
        Assert.Equal([0, float.NaN, 1], StageCheck.Vectors<float>(_context.Transforms.NormalizeLpNorm("Vector",
            norm: LpNormNormalizingEstimatorBase.NormFunction.Infinity).Fit(data).Transform(data), "Vector")[0]);
    }

    [Fact]
    public void Columns_of_the_wrong_kind_are_named()
    {
        // The doubled word is ML.NET's.
        const string message = "Schema mismatch for input column 'Variable': expected Expected known-size vector of Single, got ";
        Assert.Equal($"{message}Vector<Single> (Parameter 'inputSchema')", Assert.Throws<ArgumentOutOfRangeException>("inputSchema",
            () => _context.Transforms.NormalizeLpNorm("Variable").Fit(Rows)).Message);
        Assert.Equal($"{message}VarVector<Single> (Parameter 'inputSchema')", Assert.Throws<ArgumentOutOfRangeException>("inputSchema",
            () => _context.Transforms.NormalizeLpNorm("Variable").GetOutputSchema(StageCheck.ShapeOf(Rows))).Message);
        Assert.Equal("Could not find input column 'Nope' (Parameter 'inputSchema')", Assert.Throws<ArgumentOutOfRangeException>("inputSchema",
            () => _context.Transforms.NormalizeLpNorm("Nope").Fit(Rows)).Message);
    }

    private sealed class Row
    {
        [VectorType(3)]
        public float[] Vector { get; set; } = [];

        public float[] Variable { get; set; } = [];
    }
}
