using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Stack.Tests.ML.Data;

namespace Stack.Tests.ML.Learning;

/// <summary>The numbers are those that ML.NET 5.0.0, compiled from its sources, gave for the same rows.</summary>
public sealed class NormalizingTests
{
    private readonly MLContext _context = new(1);

    private IDataView Rows => _context.Data.LoadFromEnumerable(new[]
    {
        new Row { Single = 1, Double = 2, Singles = [0, 1, -4], Doubles = [1, 5] },
        new Row { Single = -3, Double = 8, Singles = [0, 3, 0], Doubles = [1, 7] },
        new Row { Single = float.NaN, Double = 5, Singles = [0, float.NaN, 2], Doubles = [1, 0] },
        new Row { Single = 2.5f, Double = -1, Singles = [0, 2, 8], Doubles = [1, -2] },
    });

    [Fact]
    public void Range_with_zero_kept()
    {
        Close([0.33333334f, -1, float.NaN, 0.8333334f], Singles(_context.Transforms.NormalizeMinMax("Out", "Single")));
        Close([0.25, 1, 0.625, -0.125], Doubles(_context.Transforms.NormalizeMinMax("Out", "Double")));
        Close([0, 0.33333334f, -0.5f, 0, 1, 0, 0, float.NaN, 0.25f, 0, 0.6666667f, 1],
            SingleVectors(_context.Transforms.NormalizeMinMax("Out", "Singles")));
        Close([0, 0.7142857142857142, 0, 1, 0, 0, 0, -0.2857142857142857], DoubleVectors(_context.Transforms.NormalizeMinMax("Out", "Doubles")));
    }

    [Fact]
    public void Range_from_zero_to_one()
    {
        Close([0.72727275f, 0, float.NaN, 1], Singles(_context.Transforms.NormalizeMinMax("Out", "Single", fixZero: false)));
        Close([0, 0, 0, 0, 1, 0.33333334f, 0, float.NaN, 0.5f, 0, 0.5f, 1],
            SingleVectors(_context.Transforms.NormalizeMinMax("Out", "Singles", fixZero: false)));
        Close([0, 0.7777777777777777, 0, 1, 0, 0.2222222222222222, 0, 0],
            DoubleVectors(_context.Transforms.NormalizeMinMax("Out", "Doubles", fixZero: false)));
    }

    [Fact]
    public void Deviation_about_zero()
    {
        Close([0.42966893f, -1.2890068f, float.NaN, 1.0741724f], Singles(_context.Transforms.NormalizeMeanVariance("Out", "Single")));
        Close([0.41256849850351734, 1.6502739940140694, 1.0314212462587933, -0.20628424925175867],
            Doubles(_context.Transforms.NormalizeMeanVariance("Out", "Double")));
        Close([0, 0.46291006f, -0.8728715f, 0, 1.3887302f, 0, 0, float.NaN, 0.43643576f, 0, 0.9258201f, 1.745743f],
            SingleVectors(_context.Transforms.NormalizeMeanVariance("Out", "Singles")));
    }

    [Fact]
    public void Deviation_about_the_mean()
    {
        Close([0.35897908f, -1.3641205f, float.NaN, 1.0051414f],
            Singles(_context.Transforms.NormalizeMeanVariance("Out", "Single", fixZero: false)));
        Close([0, -1.2247448f, -1.2701705f, 0, 1.2247448f, -0.34641013f, 0, float.NaN, 0.115470044f, 0, 0, 1.5011106f],
            SingleVectors(_context.Transforms.NormalizeMeanVariance("Out", "Singles", fixZero: false)));
        Close([0, 0.686802819743445, 0, 1.236245075538201, 0, -0.686802819743445, 0, -1.236245075538201],
            DoubleVectors(_context.Transforms.NormalizeMeanVariance("Out", "Doubles", fixZero: false)));
    }

    [Fact]
    public void Cumulative_probability()
    {
        Close([0.64018863f, 0.08628412f, 0, 0.8425435f], Singles(_context.Transforms.NormalizeMeanVariance("Out", "Single", useCdf: true)));
        Close([0, 0.11036907f, 0.10204136f, 0, 0.8896309f, 0.36452267f, 0, 0, 0.54596347f, 0, 0.5f, 0.93333524f],
            SingleVectors(_context.Transforms.NormalizeMeanVariance("Out", "Singles", useCdf: true)));
        Close([0.3273710552413962, 0.9101218023775253, 0.6726289447586038, 0.08987819762247479],
            Doubles(_context.Transforms.NormalizeMeanVariance("Out", "Double", useCdf: true)));
    }

    [Fact]
    public void Several_columns_learn_from_so_many_rows()
    {
        InputOutputColumnPair[] pairs = [new("Single"), new("Out", "Singles")];
        var estimator = _context.Transforms.NormalizeMinMax(pairs, maximumExampleCount: 2);
        var normalized = StageCheck.Run(_context, estimator, Rows);
        Close([0.33333334f, -1, float.NaN, 0.8333334f], normalized.GetColumn<float>("Single"));
        Close([0, 0.33333334f, -1, 0, 1, 0, 0, float.NaN, 0.5f, 0, 0.6666667f, 2], StageCheck.Vectors<float>(normalized, "Out").SelectMany(x => x));
    }

    [Fact]
    public void What_was_learnt_can_be_read()
    {
        var affine = Assert.IsType<NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<float>>>(
            _context.Transforms.NormalizeMinMax("Out", "Singles", fixZero: false).Fit(Rows).GetNormalizerModelParameters(0));
        Close([0, 0.5f, 0.083333336f], affine.Scale);
        Close([0, 1, -4], affine.Offset);
        Assert.Empty(Assert.IsType<NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<float>>>(
            _context.Transforms.NormalizeMinMax("Out", "Singles").Fit(Rows).GetNormalizerModelParameters(0)).Offset);
        var scalar = Assert.IsType<NormalizingTransformer.AffineNormalizerModelParameters<float>>(
            _context.Transforms.NormalizeMeanVariance("Out", "Single", fixZero: false).Fit(Rows).GetNormalizerModelParameters(0));
        Close([0.4307749f, 0.16666667f], [scalar.Scale, scalar.Offset]);
        var cdf = Assert.IsType<NormalizingTransformer.CdfNormalizerModelParameters<float>>(
            _context.Transforms.NormalizeMeanVariance("Out", "Single", useCdf: true).Fit(Rows).GetNormalizerModelParameters(0));
        Close([0.16666667f, 2.321398f], [cdf.Mean, cdf.StandardDeviation]);
        Assert.False(cdf.UseLog);

        var exception = Assert.Throws<ArgumentOutOfRangeException>("index",
            () => _context.Transforms.NormalizeMinMax("Single").Fit(Rows).GetNormalizerModelParameters(1));
        Assert.StartsWith("Not valid. Valid range is from 0 (inclusive) to 1 (exclusive) but got 1.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sparse_vectors_count_the_zeros_they_leave_out()
    {
        VBuffer<float>[] vectors = [new(4, 1, [3f], [1]), new(4, 2, [-1f, 2f], [1, 3]), new(4, 0, [], [])];
        var definition = SchemaDefinition.Create(typeof(SparseRow));
        definition[0].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 4);
        var data = _context.Data.LoadFromEnumerable(vectors.Select(vector => new SparseRow { Values = vector }), definition);
        var kept = _context.Transforms.NormalizeMinMax("Values").Fit(data).Transform(data);
        Close([0, 1, 0, 0, 0, -1 / 3f, 0, 1, 0, 0, 0, 0], StageCheck.Vectors<float>(kept, "Values").SelectMany(x => x));
        var moved = _context.Transforms.NormalizeMinMax("Values", fixZero: false).Fit(data).Transform(data);
        Close([0, 1, 0, 0, 0, 0, 0, 1, 0, 0.25f, 0, 0], StageCheck.Vectors<float>(moved, "Values").SelectMany(x => x));
        Assert.False(kept.GetColumn<VBuffer<float>>("Values").First().IsDense);
    }

    [Theory]
    [InlineData("Nope", "Could not find input column 'Nope'", "data")]
    [InlineData("Text", "Wrong column type for input column. Expected: Single, Double, Vector of Single or Vector of Double. Got: String.", "srcType")]
    [InlineData("Variable", "Wrong column type for input column. Expected: Single, Double, Vector of Single or Vector of Double. "
        + "Got: Vector<Single>.", "srcType")]
    public void Columns_of_the_wrong_kind_are_named(string column, string message, string parameter)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(parameter, () => _context.Transforms.NormalizeMinMax(column).Fit(Rows));
        Assert.Equal($"{message} (Parameter '{parameter}')", exception.Message);
    }

    [Theory]
    [InlineData("Nope", "Could not find input column 'Nope'")]
    [InlineData("Text", "Schema mismatch for input column 'Text': expected vector or scalar of Single or Double, got String")]
    [InlineData("Variable", "Schema mismatch for input column 'Variable': expected known-size vector or scalar, got VarVector<Single>")]
    public void Columns_of_the_wrong_kind_are_named_before_any_fit(string column, string message)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>("inputSchema",
            () => _context.Transforms.NormalizeMinMax(column).GetOutputSchema(StageCheck.ShapeOf(Rows)));
        Assert.Equal($"{message} (Parameter 'inputSchema')", exception.Message);
    }

    [Fact]
    public void Too_few_rows_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>("maximumExampleCount", () => _context.Transforms.NormalizeMinMax("Single", maximumExampleCount: 1));

    private IEnumerable<float> Singles(NormalizingEstimator estimator) => Normalize(estimator).GetColumn<float>("Out");

    private IEnumerable<double> Doubles(NormalizingEstimator estimator) => Normalize(estimator).GetColumn<double>("Out");

    private IEnumerable<float> SingleVectors(NormalizingEstimator estimator) =>
        StageCheck.Vectors<float>(Normalize(estimator), "Out").SelectMany(vector => vector);

    private IEnumerable<double> DoubleVectors(NormalizingEstimator estimator) =>
        StageCheck.Vectors<double>(Normalize(estimator), "Out").SelectMany(vector => vector);

    private IDataView Normalize(NormalizingEstimator estimator)
    {
        var normalized = StageCheck.Run(_context, estimator, Rows);
        Assert.True(normalized.Schema["Out"].IsNormalized());
        return normalized;
    }

    private static void Close(float[] expected, IEnumerable<float> actual) =>
        Assert.Equal(expected, actual, (a, b) => (float.IsNaN(a) && float.IsNaN(b)) || Math.Abs(a - b) <= 2e-7f * Math.Max(1, Math.Abs(a)));

    private static void Close(double[] expected, IEnumerable<double> actual) =>
        Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) < 1e-12);

    private sealed class Row
    {
        public float Single { get; set; }

        public double Double { get; set; }

        [VectorType(3)]
        public float[] Singles { get; set; } = [];

        [VectorType(2)]
        public double[] Doubles { get; set; } = [];

        public string Text { get; set; } = "";

        public float[] Variable { get; set; } = [];
    }

    private sealed class SparseRow
    {
        public VBuffer<float> Values { get; set; }
    }
}
