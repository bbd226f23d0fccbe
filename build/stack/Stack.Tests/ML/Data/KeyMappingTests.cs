using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Stack.Tests.ML.Data;

public sealed class KeyMappingTests
{
    private readonly MLContext _context = new(1);

    private IDataView Fruits => _context.Data.LoadFromEnumerable(new[]
    {
        new Row { Text = "pear", Number = 3, Real = 1.5f, Many = ["b", "a"] },
        new Row { Text = "apple", Number = -1, Real = float.NaN, Many = ["", "c"] },
        new Row { Text = "", Number = 3, Real = 0, Many = ["a", "b"] },
        new Row { Text = "apple", Number = 0, Real = -2, Many = ["d", "d"] },
        new Row { Text = "Zoo", Number = 7, Real = 1.5f, Many = ["a", "a"] },
    });

    [Fact]
    public void Keys_count_from_one_as_values_first_occur()
    {
        var keys = StageCheck.Run(_context, _context.Transforms.Conversion.MapValueToKey("Key", "Text"), Fruits);
        Assert.Equal("Key<UInt32, 0-2>", keys.Schema["Key"].Type.ToString());
        Assert.Equal([1u, 2, 0, 2, 3], keys.GetColumn<uint>("Key"));
        Assert.Equal(["pear", "apple", "Zoo"], StageCheck.KeyValues(keys, "Key"));
    }

    [Fact]
    public void Keys_in_the_order_of_values()
    {
        var estimator = _context.Transforms.Conversion.MapValueToKey(
            "Key", "Text", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue);
        var keys = StageCheck.Run(_context, estimator, Fruits);
        Assert.Equal(["Zoo", "apple", "pear"], StageCheck.KeyValues(keys, "Key"));
        Assert.Equal([3u, 2, 0, 2, 1], keys.GetColumn<uint>("Key"));
    }

    [Fact]
    public void At_most_so_many_keys()
    {
        var keys = StageCheck.Run(_context, _context.Transforms.Conversion.MapValueToKey("Key", "Text", maximumNumberOfKeys: 2), Fruits);
        Assert.Equal([1u, 2, 0, 2, 0], keys.GetColumn<uint>("Key"));
        Assert.Equal("MaxNumTerms", Assert.Throws<ArgumentOutOfRangeException>(() =>
            _context.Transforms.Conversion.MapValueToKey("Key", "Text", maximumNumberOfKeys: 0).Fit(Fruits)).ParamName);
    }

    [Fact]
    public void Values_of_any_type_become_keys()
    {
        var pairs = new[] { new InputOutputColumnPair("NumberKey", "Number"), new InputOutputColumnPair("RealKey", "Real"), new InputOutputColumnPair("ManyKeys", "Many") };
        var keys = StageCheck.Run(_context, _context.Transforms.Conversion.MapValueToKey(pairs), Fruits);
        Assert.Equal([1u, 2, 1, 3, 4], keys.GetColumn<uint>("NumberKey"));
        Assert.Equal("Vector<Int32, 4>", keys.Schema["NumberKey"].Annotations.Schema["KeyValues"].Type.ToString());
        // NaN has no key.
        Assert.Equal([1u, 0, 2, 3, 1], keys.GetColumn<uint>("RealKey"));
        Assert.Equal("Vector<Key<UInt32, 0-3>, 2>", keys.Schema["ManyKeys"].Type.ToString());
        Assert.Equal([[1, 2], [0, 3], [2, 1], [4, 4], [2, 2]], StageCheck.Vectors<uint>(keys, "ManyKeys"));
    }

    [Fact]
    public void Key_values_as_text()
    {
        var keys = StageCheck.Run(_context, _context.Transforms.Conversion.MapValueToKey("Key", "Real", addKeyValueAnnotationsAsText: true), Fruits);
        Assert.Equal(["1.5", "0", "-2"], StageCheck.KeyValues(keys, "Key"));
    }

    [Fact]
    public void Keys_from_other_data()
    {
        var words = _context.Data.LoadFromEnumerable(new[] { new Word { Text = "Zoo" }, new Word { Text = "pear" } });
        var keys = StageCheck.Run(_context, _context.Transforms.Conversion.MapValueToKey("Key", "Text", keyData: words), Fruits);
        Assert.Equal([2u, 0, 0, 0, 1], keys.GetColumn<uint>("Key"));
        Assert.Equal("Input data's column must be of type 'Int32' but was 'String' (Parameter 'keyData')",
            StageCheck.Message<ArgumentOutOfRangeException>(() =>
                _context.Transforms.Conversion.MapValueToKey("Key", "Number", keyData: words).Fit(Fruits)));
        Assert.Equal("If specified, this data view should contain only a single column containing the terms to map, but this had 4 columns. (Parameter 'keyData')",
            StageCheck.Message<ArgumentOutOfRangeException>(() =>
                _context.Transforms.Conversion.MapValueToKey("Key", "Text", keyData: Fruits)));
    }

    [Fact]
    public void Keys_of_keys_keep_their_values()
    {
        var pipeline = _context.Transforms.Conversion.MapValueToKey("First", "Text")
            .Append(_context.Transforms.Conversion.MapValueToKey("Second", "First", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue));
        var keys = StageCheck.Run(_context, pipeline, _context.Data.SkipRows(Fruits, 1));
        Assert.Equal(["apple", "Zoo"], StageCheck.KeyValues(keys, "Second"));
    }

    [Fact]
    public void Data_without_values_give_one_key_that_nothing_has()
    {
        var empty = _context.Data.LoadFromEnumerable(new List<Row>());
        var keys = _context.Transforms.Conversion.MapValueToKey("Key", "Text").Fit(empty).Transform(Fruits);
        Assert.Equal("Key<UInt32, 0-0>", keys.Schema["Key"].Type.ToString());
        Assert.False(keys.Schema["Key"].HasKeyValues());
        Assert.Equal([0u, 0, 0, 0, 0], keys.GetColumn<uint>("Key"));
    }

    [Fact]
    public void A_column_that_is_missing_or_of_another_type_is_named()
    {
        var estimator = _context.Transforms.Conversion.MapValueToKey("Key", "Nope");
        const string Missing = "Could not find input column 'Nope' (Parameter 'inputSchema')";
        Assert.Equal(Missing, StageCheck.Message<ArgumentOutOfRangeException>(() => estimator.GetOutputSchema(StageCheck.ShapeOf(Fruits))));
        Assert.Equal(Missing, StageCheck.Message<ArgumentOutOfRangeException>(() => estimator.Fit(Fruits)));
        var model = _context.Transforms.Conversion.MapValueToKey("Key", "Text").Fit(Fruits);
        var other = _context.Transforms.DropColumns("Text").Append(_context.Transforms.CopyColumns("Text", "Real")).Fit(Fruits).Transform(Fruits);
        Assert.Equal("Could not apply a map over type 'String' to column 'Key' since it has type 'Single'",
            StageCheck.Message<InvalidOperationException>(() => model.Transform(other)));
    }

    [Fact]
    public void Keys_become_values_again()
    {
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Key", "Text")
            .Append(_context.Transforms.Conversion.MapValueToKey("RealKey", "Real"))
            .Append(_context.Transforms.Conversion.MapValueToKey("ManyKeys", "Many"))
            .Append(_context.Transforms.Conversion.MapKeyToValue([new("TextAgain", "Key"), new("RealAgain", "RealKey"), new("ManyAgain", "ManyKeys")]));
        var values = StageCheck.Run(_context, pipeline, Fruits);
        Assert.Equal(["pear", "apple", "", "apple", "Zoo"], StageCheck.Texts(values, "TextAgain"));
        Assert.Equal([1.5f, float.NaN, 0, -2, 1.5f], values.GetColumn<float>("RealAgain"));
        Assert.Equal(["b", "a"], StageCheck.Vectors<ReadOnlyMemory<char>>(values, "ManyAgain")[0].Select(text => text.ToString()));
    }

    [Fact]
    public void Keys_without_values_stay_keys()
    {
        var data = _context.Data.LoadFromEnumerable(new[] { new Bare { Key = 1 } });
        var estimator = _context.Transforms.Conversion.MapKeyToValue("Value", "Key");
        Assert.Equal("Input column 'Key' doesn't contain key values metadata (Parameter 'inputSchema')",
            StageCheck.Message<ArgumentOutOfRangeException>(() => estimator.GetOutputSchema(StageCheck.ShapeOf(data))));
        Assert.Equal("Metadata KeyValues does not exist", StageCheck.Message<InvalidOperationException>(() => estimator.Fit(data)));
        Assert.Equal("Schema mismatch for input column 'Text': expected KeyType, got String (Parameter 'inputSchema')",
            StageCheck.Message<ArgumentOutOfRangeException>(() =>
                _context.Transforms.Conversion.MapKeyToValue("Value", "Text").GetOutputSchema(StageCheck.ShapeOf(Fruits))));
    }

    [Fact]
    public void Keys_become_indicators()
    {
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Key", "Text")
            .Append(_context.Transforms.Conversion.MapKeyToVector("Vector", "Key"));
        var vectors = StageCheck.Run(_context, pipeline, Fruits);
        Assert.Equal([[1, 0, 0], [0, 1, 0], [0, 0, 0], [0, 1, 0], [0, 0, 1]], StageCheck.Vectors<float>(vectors, "Vector"));
        Assert.Equal(["pear", "apple", "Zoo"], StageCheck.SlotNames(vectors, "Vector"));
        Assert.True(vectors.Schema["Vector"].IsNormalized());
        VBuffer<int> ranges = default;
        vectors.Schema["Vector"].Annotations.GetValue("CategoricalSlotRanges", ref ranges);
        Assert.Equal([0, 2], ranges.DenseValues());
    }

    [Fact]
    public void Vectors_of_keys_become_matrices_or_counts()
    {
        var keys = _context.Transforms.Conversion.MapValueToKey("Keys", "Many");
        var matrix = StageCheck.Run(_context, keys.Append(_context.Transforms.Conversion.MapKeyToVector("Vector", "Keys")), Fruits);
        Assert.Equal("Vector<Single, 2, 4>", matrix.Schema["Vector"].Type.ToString());
        Assert.Equal([1, 0, 0, 0, 0, 1, 0, 0], StageCheck.Vectors<float>(matrix, "Vector")[0]);
        Assert.Equal([0, 0, 0, 1, 0, 0, 0, 1], StageCheck.Vectors<float>(matrix, "Vector")[3]);
        var counts = StageCheck.Run(_context, keys.Append(_context.Transforms.Conversion.MapKeyToVector("Vector", "Keys", outputCountVector: true)), Fruits);
        Assert.Equal("Vector<Single, 4>", counts.Schema["Vector"].Type.ToString());
        Assert.Equal([[1, 1, 0, 0], [0, 0, 1, 0], [1, 1, 0, 0], [0, 0, 0, 2], [0, 2, 0, 0]], StageCheck.Vectors<float>(counts, "Vector"));
        Assert.False(counts.Schema["Vector"].IsNormalized());
        VBuffer<ReadOnlyMemory<char>> names = default;
        matrix.Schema["Vector"].Annotations.GetValue("SlotNames", ref names);
        Assert.Equal("[1].a", names.GetItemOrDefault(5).ToString());
        Assert.Equal("Schema mismatch for input column 'Real': expected key type of known cardinality, got Single (Parameter 'inputSchema')",
            StageCheck.Message<ArgumentOutOfRangeException>(() => _context.Transforms.Conversion.MapKeyToVector("Vector", "Real").Fit(Fruits)));
    }

    private sealed class Row
    {
        public string Text = "";
        public int Number;
        public float Real;
        [VectorType(2)]
        public string[] Many = [];
    }

    private sealed class Word
    {
        public string Text = "";
    }

    private sealed class Bare
    {
        [KeyType(3)]
        public uint Key;
    }
}
