using Microsoft.ML;
using Microsoft.ML.Data;

namespace Stack.Tests.ML.Data;

public sealed class ConversionTests
{
    private readonly MLContext _context = new(1);

    private TransformsCatalog.ConversionTransforms Conversion => _context.Transforms.Conversion;

    private IDataView Rows => _context.Data.LoadFromEnumerable(new[]
    {
        new Row { Text = "hello", Whole = 42, Long = -5, Real = 1.5f, Double = 2.5, Yes = true, Many = ["a", "b"] },
        new Row { Text = "", Whole = 0, Long = 0, Real = float.NaN, Double = 0, Yes = false, Many = ["b", ""] },
    });

    [Fact]
    public void Hashes_are_those_of_other_programs()
    {
        string[] columns = ["Text", "Whole", "Long", "Real", "Double", "Yes"];
        var pipeline = columns.Aggregate(new EstimatorChain<ITransformer>(), (chain, name) => chain.Append<ITransformer>(Conversion.Hash(name)));
        var hashes = StageCheck.Run(_context, pipeline, Rows);
        Assert.Equal("167272364 216306751 365193485 404969083 816668199 1972283894", string.Join(' ', columns.Select(name => hashes.GetColumn<uint>(name).First())));
        Assert.Equal([0u, 0u], new[] { "Text", "Real" }.Select(name => hashes.GetColumn<uint>(name).Last()));
        Assert.Equal("Key<UInt32, 0-15>", Conversion.Hash("Text", numberOfBits: 4).Fit(Rows).Transform(Rows).Schema["Text"].Type.ToString());
    }

    [Fact]
    public void Numbers_become_other_numbers_and_text()
    {
        var converted = StageCheck.Run(_context, Conversion.ConvertType(
            [new("RealText", "Real"), new("DoubleText", "Double")], DataKind.String), Rows);
        Assert.Equal(["1.5", "NaN"], StageCheck.Texts(converted, "RealText"));
        converted = StageCheck.Run(_context, Conversion.ConvertType("Out", "Whole", DataKind.Double), Rows);
        Assert.Equal([42d, 0], converted.GetColumn<double>("Out"));
        // ML.NET 5.0.0 does not promise that these numbers are normalized, although they are.
        converted = Conversion.ConvertType("Out", "Yes").Fit(Rows).Transform(Rows);
        Assert.Equal([1f, 0], converted.GetColumn<float>("Out"));
        Assert.True(converted.Schema["Out"].IsNormalized());
        Assert.Equal("source column 'Double' with item type 'Double' is not compatible with destination type 'Int32' (Parameter 'inputSchema')",
            StageCheck.Message<ArgumentOutOfRangeException>(() => Conversion.ConvertType("Out", "Double", DataKind.Int32).Fit(Rows).Transform(Rows)));
    }

    [Fact]
    public void Values_map_to_given_values()
    {
        var mapped = StageCheck.Run(_context, Conversion.MapValue("Out", Pairs(("hello", 7f), ("bye", 8f)), "Text"), Rows);
        Assert.Equal([7f, 0], mapped.GetColumn<float>("Out"));
        // ML.NET 5.0.0 promises vectors of known size for these.
        mapped = Conversion.MapValue("Out", Pairs(("a", "A"), ("b", "B")), "Many").Fit(Rows).Transform(Rows);
        Assert.Equal("Vector<String>", mapped.Schema["Out"].Type.ToString());
        Assert.Equal(["['A','B']", "['B','']"], StageCheck.Show(_context.Transforms.SelectColumns("Out").Fit(mapped).Transform(mapped)));
    }

    [Fact]
    public void Values_map_to_keys()
    {
        var pipeline = Conversion.MapValue("Key", Pairs((42, "odd"), (0, "even"), (1, "odd")), "Whole", treatValuesAsKeyType: true)
            .Append(Conversion.MapKeyToValue("Out", "Key"));
        var mapped = StageCheck.Run(_context, pipeline, Rows);
        Assert.Equal([1u, 2u], mapped.GetColumn<uint>("Key"));
        Assert.Equal(["odd", "even"], StageCheck.Texts(mapped, "Out"));
    }

    private static IEnumerable<KeyValuePair<TKey, TValue>> Pairs<TKey, TValue>(params (TKey Key, TValue Value)[] pairs) =>
        pairs.Select(pair => KeyValuePair.Create(pair.Key, pair.Value));

    private sealed class Row
    {
        public string Text { get; set; } = "";

        public int Whole { get; set; }

        public long Long { get; set; }

        public float Real { get; set; }

        public double Double { get; set; }

        public bool Yes { get; set; }

        [VectorType(2)]
        public string[] Many { get; set; } = [];
    }
}
