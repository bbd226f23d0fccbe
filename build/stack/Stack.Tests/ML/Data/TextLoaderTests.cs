using Microsoft.ML;
using Microsoft.ML.Data;

namespace Stack.Tests.ML.Data;

public sealed class TextLoaderTests : IDisposable
{
    private readonly MLContext _context = new(1);
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Reads_scalars_vectors_and_text_by_member()
    {
        Write("Section\tSummary\tA\tB\tC", "net\tA web \"server\"\t1\t2.5\t-3e2", "doc\t  spaced \t\t?\tNaN");
        var data = _context.Data.LoadFromTextFile<Row>(_file, hasHeader: true);
        Assert.Equal(["Section", "Text", "Numbers"], data.Schema.Select(column => column.Name));
        Assert.Equal("Vector<Single, 3>", data.Schema["Numbers"].Type.ToString());
        Assert.Equal(["net", "doc"], StageCheck.Texts(data, "Section"));
        // Spaces before a field are no part of it, those behind are.
        Assert.Equal(["A web \"server\"", "spaced "], StageCheck.Texts(data, "Text"));
        var numbers = StageCheck.Vectors<float>(data, "Numbers");
        Assert.Equal([1, 2.5f, -300], numbers[0]);
        Assert.Equal([0, float.NaN, float.NaN], numbers[1]);
        Assert.Null(data.GetRowCount());
        Assert.False(data.CanShuffle);
    }

    [Fact]
    public void Takes_slot_names_from_the_header()
    {
        Write("Id\tWidth\tHeight\tDepth", "1\t2\t3\t4");
        var columns = new[] { new TextLoader.Column("Id", DataKind.Int32, 0), new TextLoader.Column("Size", DataKind.Single, 1, 3) };
        var loader = _context.Data.CreateTextLoader(columns, hasHeader: true, dataSample: new MultiFileSource(_file));
        Assert.Equal(["Width", "Height", "Depth"], StageCheck.SlotNames(loader.Load(_file), "Size"));
        // Without a sample nothing is read before the rows are.
        Assert.False(_context.Data.LoadFromTextFile(_file, columns, hasHeader: true).Schema["Size"].HasSlotNames());
    }

    [Theory]
    [InlineData("a,\"b,c\",d", new[] { "a", "b,c", "d" })]
    [InlineData("a,\"b\"\"c\",d", new[] { "a", "b\"c", "d" })]
    [InlineData("a,\"b\" ,d", new[] { "a", "b", "d" })]
    [InlineData("a,\"\",d", new[] { "a", "", "d" })]
    [InlineData("a, \" b \",d", new[] { "a", " b ", "d" })]
    [InlineData("a,b\"c\",d", new[] { "a", "b\"c\"", "d" })]
    [InlineData("a,\"b\"x,d", new[] { "a", "", "d" })]
    [InlineData("a,\"b,d", new[] { "a", "", "" })]
    [InlineData("a", new[] { "a", "", "" })]
    [InlineData("a,b,c,d", new[] { "a", "b", "c" })]
    public void Unquotes_fields(string line, string[] expected)
    {
        Write(line);
        var data = _context.Data.LoadFromTextFile(_file, [new TextLoader.Column("F", DataKind.String, 0, 2)], ',', allowQuoting: true);
        Assert.Equal(expected, StageCheck.Vectors<ReadOnlyMemory<char>>(data, "F")[0].Select(text => text.ToString()));
    }

    [Theory]
    [InlineData("a\\\"b", "a\"b")]
    [InlineData("a\\tb", "a\\tb")]
    [InlineData("a\\\\", "a\\\\")]
    public void Unescapes_quotes_with_another_character(string inner, string expected)
    {
        Write($"\"{inner}\",x");
        var options = new TextLoader.Options
        {
            Separators = [','], AllowQuoting = true, EscapeChar = '\\',
            Columns = [new("F", DataKind.String, 0), new("X", DataKind.String, 1)],
        };
        var data = _context.Data.LoadFromTextFile(_file, options);
        Assert.Equal([expected], StageCheck.Texts(data, "F"));
        Assert.Equal(["x"], StageCheck.Texts(data, "X"));
    }

    [Fact]
    public void Keeps_quotes_where_quoting_is_not_allowed()
    {
        Write("\"a,b\",c");
        var data = _context.Data.LoadFromTextFile(_file, [new TextLoader.Column("F", DataKind.String, 0, 2)], ',');
        Assert.Equal(["\"a", "b\"", "c"], StageCheck.Vectors<ReadOnlyMemory<char>>(data, "F")[0].Select(text => text.ToString()));
    }

    [Fact]
    public void Reads_line_breaks_inside_quotes()
    {
        Write("// no row", "1,\"first", "", "third\",x", "2,plain,y", "3,\"one\"\"", "two\"\"\",z");
        var options = new TextLoader.Options
        {
            Separators = [','], AllowQuoting = true, ReadMultilines = true,
            Columns = [new("Id", DataKind.Int32, 0), new("Text", DataKind.String, 1), new("End", DataKind.String, 2)],
        };
        var data = _context.Data.LoadFromTextFile(_file, options);
        Assert.Equal(["first\n\nthird", "plain", "one\"\ntwo\""], StageCheck.Texts(data, "Text"));
        Assert.Equal(["x", "y", "z"], StageCheck.Texts(data, "End"));
    }

    [Fact]
    public void A_quote_that_is_never_closed_is_named()
    {
        Write("a", "\"b", "c");
        var options = new TextLoader.Options { AllowQuoting = true, ReadMultilines = true, Columns = [new("F", DataKind.String, 0)] };
        var data = _context.Data.LoadFromTextFile(_file, options);
        var error = Assert.Throws<FormatException>(() => data.Preview());
        Assert.Equal("Parsing failed with an exception: Stream reading encountered exception", error.Message);
        Assert.Equal("A quoted field opened on line 1 was never closed, and we've read to the last line in the file without finding the closing quote",
            Assert.IsType<EndOfStreamException>(error.InnerException!.InnerException).Message);
    }

    [Fact]
    public void Leaves_out_comments_and_blank_lines()
    {
        Write("", "# comment before the rows", "// another", "header", "a", "", "# a row", "// not a row", "/", "b");
        var data = _context.Data.LoadFromTextFile(_file, [new TextLoader.Column("F", DataKind.String, 0)], hasHeader: true);
        Assert.Equal(["a", "# a row", "/", "b"], StageCheck.Texts(data, "F"));
    }

    [Fact]
    public void Trims_the_end_of_lines_if_asked_to()
    {
        Write("a\t1 \t ", "b\t2\t");
        var columns = new[] { new TextLoader.Column("F", DataKind.String, 1), new TextLoader.Column("G", DataKind.String, 2) };
        Assert.Equal(["1", "2"], StageCheck.Texts(_context.Data.LoadFromTextFile(_file, columns, trimWhitespace: true), "F"));
        Assert.Equal(["1 ", "2"], StageCheck.Texts(_context.Data.LoadFromTextFile(_file, columns), "F"));
    }

    [Fact]
    public void Several_separators_and_spaces()
    {
        Write("a b;c  d");
        var options = new TextLoader.Options { Separators = [' ', ';'], Columns = [new("F", DataKind.String, 0, 4)] };
        var data = _context.Data.LoadFromTextFile(_file, options);
        Assert.Equal(["a", "b", "c", "", "d"], StageCheck.Vectors<ReadOnlyMemory<char>>(data, "F")[0].Select(text => text.ToString()));
    }

    [Fact]
    public void Keys_count_from_zero_in_the_file()
    {
        Write("0", "4", "", "5", "x", "?", "NA");
        var column = new TextLoader.Column("K", DataKind.UInt32, [new TextLoader.Range(0)], new KeyCount(5));
        var data = _context.Data.LoadFromTextFile(_file, [column]);
        Assert.Equal("Key<UInt32, 0-4>", data.Schema["K"].Type.ToString());
        Assert.Equal([1u, 5, 0, 0, 0, 0], data.GetColumn<uint>("K"));
    }

    [Fact]
    public void Reads_every_kind()
    {
        Write("-128\t255\t-32768\t65535\t-7\t7\t-9000000000\t9000000000\t1.5\t2.5\ttext\tyes\t1.02:03:04\t2020-01-02T03:04:05Z\t2020-01-02T03:04:05+00:00");
        var kinds = Enum.GetValues<DataKind>();
        var data = _context.Data.LoadFromTextFile(_file, [.. kinds.Select((kind, i) => new TextLoader.Column(kind.ToString(), kind, i))]);
        var row = data.Preview().RowView[0].Values.Select(pair => pair.Value).ToArray();
        Assert.Equal(
            [(sbyte)-128, (byte)255, (short)-32768, (ushort)65535, -7, 7u, -9000000000L, 9000000000UL, 1.5f, 2.5, "text", true,
                new TimeSpan(1, 2, 3, 4), new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc), new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.Zero)],
            row.Select(value => value is ReadOnlyMemory<char> text ? text.ToString() : value));
    }

    [Theory]
    [InlineData("T", true)]
    [InlineData("+1", true)]
    [InlineData("TRUE", true)]
    [InlineData("no", false)]
    [InlineData("-1", false)]
    [InlineData("F", false)]
    public void Reads_booleans(string text, bool expected)
    {
        Write(text);
        Assert.Equal([expected], _context.Data.LoadFromTextFile(_file, [new TextLoader.Column("B", DataKind.Boolean, 0)]).GetColumn<bool>("B"));
    }

    [Theory]
    [InlineData("Infinity", float.PositiveInfinity)]
    [InlineData("-∞", float.NegativeInfinity)]
    [InlineData(" +1.25E+1 ", 12.5f)]
    [InlineData(".5", 0.5f)]
    [InlineData("5.", 5f)]
    [InlineData("n/a", float.NaN)]
    [InlineData("1,5", float.NaN)]
    [InlineData("infinity", float.NaN)]
    [InlineData("0x10", float.NaN)]
    [InlineData("1e60", float.PositiveInfinity)]
    public void Reads_real_numbers(string text, float expected)
    {
        Write(text + "\tx");
        Assert.Equal([expected], _context.Data.LoadFromTextFile(_file, [new TextLoader.Column("R", DataKind.Single, 0)]).GetColumn<float>("R"));
    }

    [Fact]
    public void A_comma_can_be_the_decimal_marker()
    {
        Write("1,5\t2,25");
        var options = new TextLoader.Options { DecimalMarker = ',', Columns = [new("R", DataKind.Double, 0, 1)] };
        Assert.Equal([1.5, 2.25], StageCheck.Vectors<double>(_context.Data.LoadFromTextFile(_file, options), "R")[0]);
    }

    [Fact]
    public void Missing_reals_are_zero_or_NaN()
    {
        Write("1\t\t3", "4");
        var options = new TextLoader.Options { Columns = [new("V", DataKind.Single, 0, 2), new("Last", DataKind.Single, 2)] };
        var zeros = StageCheck.Vectors<float>(_context.Data.LoadFromTextFile(_file, options), "V");
        Assert.Equal([[1, 0, 3], [4, 0, 0]], zeros);
        options.MissingRealsAsNaNs = true;
        var data = _context.Data.LoadFromTextFile(_file, options);
        Assert.Equal([[1, float.NaN, 3], [4, float.NaN, float.NaN]], StageCheck.Vectors<float>(data, "V"));
        Assert.Equal([3, float.NaN], data.GetColumn<float>("Last"));
    }

    [Fact]
    public void Ranges_to_the_end_of_the_line()
    {
        Write("1\t2\t3\t4", "5\t6\t7\t8");
        var options = new TextLoader.Options
        {
            Columns =
            [
                new("All", DataKind.Single, [new TextLoader.Range(0, null)]),
                new("Rest", DataKind.Single, [new TextLoader.Range { Min = 0, AutoEnd = true, AllOther = true }]),
                new("Some", DataKind.Single, [new TextLoader.Range(3), new TextLoader.Range(1)]),
            ],
        };
        options.Columns = [options.Columns[1], options.Columns[2]];
        var data = _context.Data.LoadFromTextFile(_file, options);
        Assert.Equal([[1, 3], [5, 7]], StageCheck.Vectors<float>(data, "Rest"));
        Assert.Equal([[4, 2], [8, 6]], StageCheck.Vectors<float>(data, "Some"));
    }

    [Fact]
    public void Vectors_of_a_size_that_differs()
    {
        Write("1\t2\t3", "4", "5\t6");
        var options = new TextLoader.Options
        {
            Columns = [new("Id", DataKind.Int32, 0), new("Rest", DataKind.Single, [new TextLoader.Range { Min = 1, VariableEnd = true }])],
        };
        var data = _context.Data.LoadFromTextFile(_file, options);
        Assert.Equal("Vector<Single>", data.Schema["Rest"].Type.ToString());
        Assert.Equal([[2, 3], [], [6]], StageCheck.Vectors<float>(data, "Rest"));
    }

    [Fact]
    public void Sparse_lines()
    {
        Write("1\t6\t1:5\t4:7", "2\t6\t0:1", "3\t1\t2\t3\t4\t5\t6");
        var columns = new[] { new TextLoader.Column("Id", DataKind.Int32, 0), new TextLoader.Column("V", DataKind.Single, 1, 6) };
        var data = _context.Data.LoadFromTextFile(_file, columns, allowSparse: true);
        Assert.Equal([[0, 5, 0, 0, 7, 0], [1, 0, 0, 0, 0, 0], [1, 2, 3, 4, 5, 6]], StageCheck.Vectors<float>(data, "V"));
        Assert.Equal([false, false, true], data.GetColumn<VBuffer<float>>("V").Select(vector => vector.IsDense));
    }

    [Fact]
    public void Reads_at_most_so_many_rows()
    {
        Write("1", "2", "3");
        var options = new TextLoader.Options { MaxRows = 2, Columns = [new("F", DataKind.Int32, 0)] };
        Assert.Equal([1, 2], _context.Data.LoadFromTextFile(_file, options).GetColumn<int>("F"));
    }

    [Fact]
    public void Several_files_each_with_its_header()
    {
        Write("name", "a");
        var loader = _context.Data.CreateTextLoader([new TextLoader.Column("F", DataKind.String, 0)], hasHeader: true);
        var data = loader.Load(new MultiFileSource(_file, _file));
        Assert.Equal(["a", "a"], StageCheck.Texts(data, "F"));
    }

    [Fact]
    public void Defaults_to_a_label_and_features()
    {
        Write("1\t2\t3", "0\t5\t6");
        var data = _context.Data.LoadFromTextFile(_file);
        Assert.Equal([1, 0], data.GetColumn<float>("Label"));
        Assert.Equal([[2, 3], [5, 6]], StageCheck.Vectors<float>(data, "Features"));
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        const string Missing = "/no/such/file.tsv";
        Assert.Equal($"File or directory does not exist at path: {Missing} (Parameter 'path')",
            StageCheck.Message<ArgumentOutOfRangeException>(() => _context.Data.LoadFromTextFile<Row>(Missing)));
        var late = _context.Data.CreateTextLoader<Row>().Load(Missing);
        var error = Assert.Throws<FormatException>(() => late.Preview());
        Assert.StartsWith($"Could not open file '{Missing}'. Error is: ", Assert.IsType<IOException>(error.InnerException!.InnerException).Message);
    }

    [Fact]
    public void A_value_that_cannot_be_read_is_named()
    {
        Write("1", "x");
        var data = _context.Data.LoadFromTextFile(_file, [new TextLoader.Column("Count", DataKind.Int32, 0)]);
        var error = Assert.Throws<FormatException>(() => data.Preview());
        Assert.Equal("Parsing failed with an exception: Could not parse value x in line 2, column Count", error.Message);
        Assert.IsType<InvalidOperationException>(error.InnerException);
        data = _context.Data.LoadFromTextFile(_file, [new TextLoader.Column("Count", DataKind.Int32, 0, 1)]);
        error = Assert.Throws<FormatException>(() => data.Preview());
        Assert.Equal("Parsing failed with an exception: Could not parse value x in slot 0 of column Count in line 2", error.Message);
    }

    [Fact]
    public void Values_that_are_missing_instead_are_logged()
    {
        Write("1", "x");
        var messages = new List<string>();
        _context.Log += (_, message) => messages.Add(message.RawMessage);
        _ = _context.Data.LoadFromTextFile(_file, [new TextLoader.Column("R", DataKind.Single, 0)]).GetColumn<float>("R").ToArray();
        Assert.Contains("  Bad value at line 2 in column R", messages);
        Assert.Contains("Processed 2 rows with 1 bad values and 0 format errors", messages);
    }

    [Fact]
    public void Wrong_settings_are_refused()
    {
        Write("1\t2", "3");
        TextLoader.Column[] columns = [new("F", DataKind.String, 0)];
        Assert.Equal("Illegal separator: '5' (Parameter 'Separator')",
            StageCheck.Message<ArgumentOutOfRangeException>(() => _context.Data.LoadFromTextFile(_file, columns, '5')));
        Assert.Equal("The size of input lines is not consistent (Parameter 'Source')",
            StageCheck.Message<ArgumentOutOfRangeException>(() => _context.Data.LoadFromTextFile(_file)));
        Assert.Equal("Field 'Value' is missing the LoadColumnAttribute attribute",
            StageCheck.Message<InvalidOperationException>(() => _context.Data.CreateTextLoader<Unmarked>()));
        Assert.Equal("Decimal marker cannot be the ';' character. It must be '.' or ','. (Parameter 'DecimalMarker')",
            StageCheck.Message<ArgumentOutOfRangeException>(() =>
                _context.Data.CreateTextLoader(new TextLoader.Options { DecimalMarker = ';', Columns = columns })));
        Assert.Equal("EscapeChar ';' can't be used both as EscapeChar and separator (Parameter 'EscapeChar')",
            StageCheck.Message<ArgumentOutOfRangeException>(() =>
                _context.Data.CreateTextLoader(new TextLoader.Options { EscapeChar = ';', Separators = [';'], Columns = columns })));
        Assert.Equal("Intervals specified for column 'F' overlap (Parameter 'Source')",
            StageCheck.Message<ArgumentOutOfRangeException>(() => _context.Data.CreateTextLoader(
                [new TextLoader.Column("F", DataKind.String, [new TextLoader.Range(0, 2), new TextLoader.Range(1)])])));
    }

    [Fact]
    public void Cursors_give_only_what_is_asked_of_them()
    {
        Write("1\tx", "2\ty");
        var data = _context.Data.LoadFromTextFile(_file, [new TextLoader.Column("A", DataKind.Int32, 0), new TextLoader.Column("B", DataKind.Int32, 1)]);
        // The column that cannot be read is not read.
        Assert.Equal([1, 2], data.GetColumn<int>("A"));
        using var cursor = data.GetRowCursor([data.Schema["A"]]);
        Assert.False(cursor.IsColumnActive(data.Schema["B"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<int>(data.Schema["B"]));
        Assert.Equal("Invalid TValue in GetGetter: 'System.Single', expected type: 'System.Int32'.",
            StageCheck.Message<InvalidOperationException>(() => cursor.GetGetter<float>(data.Schema["A"])));
        Assert.Equal(-1, cursor.Position);
        Assert.True(cursor.MoveNext());
        Assert.Equal(0, cursor.Position);
    }

    [Fact]
    public void A_loader_is_saved_with_a_model()
    {
        Write("Label,A,B", "x,1,2", "y,3,4");
        var loader = _context.Data.CreateTextLoader(new TextLoader.Options
        {
            Separators = [','], HasHeader = true, AllowQuoting = true,
            Columns = [new("Label", DataKind.String, 0), new("Features", DataKind.Single, 1, 2)],
        }, new MultiFileSource(_file));
        var model = _context.Transforms.Conversion.MapValueToKey("Label").Fit(loader.Load(_file));
        using var stream = new MemoryStream();
        _context.Model.Save(model, loader, stream);
        stream.Position = 0;
        var loaded = new MLContext(3).Model.LoadWithDataLoader(stream, out var loadedLoader);
        var data = loadedLoader.Load(new MultiFileSource(_file));
        Assert.Equal(["A", "B"], StageCheck.SlotNames(data, "Features"));
        Assert.Equal(StageCheck.Show(model.Transform(loader.Load(_file))), StageCheck.Show(loaded.Transform(data)));
    }

    private void Write(params string[] lines) => File.WriteAllLines(_file, lines);

    private sealed class Row
    {
        [LoadColumn(0)]
        public string Section { get; set; } = "";

        [LoadColumn(1), ColumnName("Text")]
        public string Summary { get; set; } = "";

        [LoadColumn(2, 4), VectorType(3)]
        public float[] Numbers { get; set; } = [];
    }

    private sealed class Unmarked
    {
        public float Value = 0;
    }
}
