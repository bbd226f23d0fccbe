using Microsoft.ML;
using Microsoft.ML.Data;

namespace Stack.Tests.ML.Core;

public class CreateEnumerableTests
{
    private readonly MLContext _ml = new(1);

    private IDataView Data => _ml.Data.LoadFromEnumerable(new Source[]
    {
        new() { Number = 1, Text = "one", Values = [1, 2], Words = ["x"], Key = 0 },
        new() { Number = 2, Text = null, Values = [3, 4], Words = ["y", "z"], Key = 9 },
    });

    [Fact]
    public void ColumnsBecomeMembers()
    {
        var rows = _ml.Data.CreateEnumerable<Target>(Data, reuseRowObject: false).ToArray();
        Assert.Equal([1, 2], rows.Select(row => row.Number));
        Assert.Equal(["one", ""], rows.Select(row => row.Text));
        Assert.Equal([[1f, 2f], [3f, 4f]], rows.Select(row => row.Values));
        Assert.Equal([["x"], ["y", "z"]], rows.Select(row => row.Words));
        Assert.Equal([1u, 0u], rows.Select(row => row.Key));
        var buffers = _ml.Data.CreateEnumerable<WithBuffer>(Data, reuseRowObject: false);
        Assert.Equal([2f, 4f], buffers.Select(row => row.Values.GetItemOrDefault(1)));
    }

    [Fact]
    public void OneObjectCanServeAllRows()
    {
        Target? first = null;
        float[]? array = null;
        foreach (var row in _ml.Data.CreateEnumerable<Target>(Data, reuseRowObject: true))
        {
            Assert.Same(first ??= row, row);
            Assert.Same(array ??= row.Values, row.Values);
        }

        Assert.Equal([3f, 4f], array!);
    }

    [Fact]
    public void AMissingColumnIsRefusedUnlessItIsIgnored()
    {
        Throws.Param("Schema", "Could not find  column 'Absent'", () => _ml.Data.CreateEnumerable<WithAbsent>(Data, false));
        Assert.Equal([-1, -1], _ml.Data.CreateEnumerable<WithAbsent>(Data, false, ignoreMissingColumns: true).Select(row => row.Absent));
    }

    [Fact]
    public void AMemberOfTheWrongTypeIsRefused()
    {
        Throws.Invalid(
            "Can't bind the IDataView column 'Number' of type 'Int32' to field or property 'Number' of type 'System.Single'.",
            () => _ml.Data.CreateEnumerable<WithFloat>(Data, false));
        Throws.Param("actualType",
            "The expected type 'System.Int32' does not match the type of the 'Number' member: 'System.Nullable`1[System.Int32]'. "
            + "Please change the Number member to 'System.Int32'",
            () => _ml.Data.CreateEnumerable<WithNullable>(Data, false));
    }

    [Fact]
    public void ADefinitionBindsOtherNames()
    {
        var definition = SchemaDefinition.Create(typeof(WithFloat));
        definition["Number"].ColumnName = "Single";
        var data = _ml.Data.LoadFromEnumerable(new[] { new { Single = 2.5f } });
        Assert.Equal(2.5f, _ml.Data.CreateEnumerable<WithFloat>(data, false, schemaDefinition: definition).Single().Number);
    }

    [Fact]
    public void ReadOnlyMembersAreNoTargets()
    {
        var rows = _ml.Data.CreateEnumerable<WithReadOnly>(Data, false).ToArray();
        Assert.Equal([1, 2], rows.Select(row => row.Number));
        Assert.Equal(5, rows[0].Text);
    }

    [Fact]
    public void GetColumnRefusesWhatDoesNotFit()
    {
        var column = Data.Schema["Number"];
        Throws.Param("column", "Cannot map column (name: Number, type: Int32) in data to the user-defined type, System.Single.",
            () => Data.GetColumn<float>(column));
        Throws.Param("column", "Cannot load vector type, Int32, specified in column to the user-defined type, System.Int32[].",
            () => Data.GetColumn<int[]>(column));
        Throws.Param("name", "Column 'Absent' not found", () => Data.GetColumn<int>("Absent"));
        var other = _ml.Data.LoadFromEnumerable(new[] { new { Text = 1f } });
        Throws.Param("column", "column with name Number, type Int32, and index 0 cannot be found in data", () => other.GetColumn<int>(column));
    }

    [Fact]
    public void PreviewShowsRowsAndColumns()
    {
        var preview = Data.Preview(maxRows: 1);
        Assert.Equal("5 columns, 1 rows", preview.ToString());
        Assert.Equal(["Number", "Text", "Values", "Words", "Key"], preview.RowView[0].Values.Select(pair => pair.Key));
        Assert.Equal(1, preview.RowView[0].Values[0].Value);
        Assert.Equal("Values: Vector<Single, 2>", preview.ColumnView[2].ToString());
        Assert.Equal([1f, 2f], Assert.IsType<VBuffer<float>>(preview.ColumnView[2].Values[0]).DenseValues());
        Assert.Equal(2, Data.Preview().RowView.Length);
        Throws.Param("maxRows", () => Data.Preview(-1));
    }

    [Fact]
    public void CursorsOfAPartReadOnlyThatPart()
    {
        var rows = Enumerable.Range(0, 3).Select(_ => new Counting()).ToArray();
        _ = _ml.Data.CreateEnumerable<OnlyNumber>(_ml.Data.LoadFromEnumerable(rows), false).Count();
        Assert.All(rows, row => Assert.Equal((1, 0), (row.NumberReads, row.OtherReads)));
    }

    public sealed class Source
    {
        public int Number { get; set; }

        public string? Text { get; set; }

        [VectorType(2)]
        public float[] Values { get; set; } = [];

        public string[] Words { get; set; } = [];

        [KeyType(3)]
        public uint Key { get; set; }
    }

    public sealed class Target
    {
        public int Number;

        public string? Text { get; set; }

        public float[]? Values { get; set; }

        public string[]? Words { get; set; }

        public uint Key { get; set; }
    }

    public sealed class WithBuffer
    {
        public VBuffer<float> Values { get; set; }
    }

    public sealed class WithAbsent
    {
        public int Absent { get; set; } = -1;
    }

    public sealed class WithFloat
    {
        public float Number { get; set; }
    }

    public sealed class WithNullable
    {
        public int? Number { get; set; }
    }

    public sealed class WithReadOnly
    {
        public int Number { get; init; }

        public int Text => 5;
    }

    public sealed class OnlyNumber
    {
        public int Number { get; set; }
    }

    public sealed class Counting
    {
        public int Number => ++NumberReads;

        public int Other => ++OtherReads;

        [NoColumn]
        public int NumberReads { get; private set; }

        [NoColumn]
        public int OtherReads { get; private set; }
    }
}
