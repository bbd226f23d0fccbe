using Microsoft.ML;
using Microsoft.ML.Data;

namespace Stack.Tests.ML.Core;

public class LoadFromEnumerableTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void MembersBecomeColumns()
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { new Everything() });
        Assert.Equal(
            [
                "Field: Single", "Text: String", "Flag: Boolean", "Time: DateTime", "Zoned: DateTimeOffset", "Span: TimeSpan", "Id: DataViewRowId",
                "Chars: String", "Key: Key<UInt32, 0-4>", "Fixed: Vector<Single, 3>", "Square: Vector<Double, 2, 2>", "Free: Vector<Int32>",
                "Words: Vector<String>", "Buffer: Vector<Byte, 2>", "Renamed: Int64", "Keys: Vector<Key<Byte, 0-8>>",
            ],
            data.Schema.Select(column => column.ToString()));
        Assert.False(data.CanShuffle);
        Assert.Equal(1, data.GetRowCount());
        Assert.Null(_ml.Data.LoadFromEnumerable(Endless()).GetRowCount());
    }

    [Fact]
    public void RowsAreReadWhenTheyAreAskedFor()
    {
        var data = _ml.Data.LoadFromEnumerable(Endless());
        Assert.Equal([0, 1, 2], data.GetColumn<int>("Number").Take(3));
        Assert.Equal([0, 1], data.GetColumn<int>("Number").Take(2));
    }

    [Fact]
    public void ValuesAreThoseOfTheMembers()
    {
        var row = new Everything();
        var data = _ml.Data.LoadFromEnumerable(new[] { row });
        Assert.Equal(1.5f, data.GetColumn<float>("Field").Single());
        Assert.Equal("text", data.GetColumn<string>("Text").Single());
        Assert.Equal("text", data.GetColumn<ReadOnlyMemory<char>>("Text").Single().ToString());
        Assert.True(data.GetColumn<bool>("Flag").Single());
        Assert.Equal(row.Time, data.GetColumn<DateTime>("Time").Single());
        Assert.Equal(row.Zoned, data.GetColumn<DateTimeOffset>("Zoned").Single());
        Assert.Equal(row.Span, data.GetColumn<TimeSpan>("Span").Single());
        Assert.Equal(new(1, 2), data.GetColumn<DataViewRowId>("Id").Single());
        Assert.Equal([1, 2, 3], data.GetColumn<float[]>("Fixed").Single());
        Assert.Equal([1, 2, 3, 4], data.GetColumn<double[]>("Square").Single());
        Assert.Equal([7], data.GetColumn<VBuffer<int>>("Free").Single().DenseValues());
        Assert.Equal(["a", ""], data.GetColumn<string[]>("Words").Single());
        Assert.Equal([0, 9], data.GetColumn<byte[]>("Buffer").Single());
        Assert.Equal(8, data.GetColumn<long>("Renamed").Single());
    }

    [Fact]
    public void KeysCountFromOneAndWhatIsNoKeyIsMissing()
    {
        var data = _ml.Data.LoadFromEnumerable(new Keyed[] { new() { Key = 0 }, new() { Key = 4 }, new() { Key = 5 }, new() { Key = uint.MaxValue } });
        Assert.Equal([1u, 5u, 0u, 0u], data.GetColumn<uint>("Key"));
    }

    [Fact]
    public void KeysOfTwoBytesAreRefused()
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { new ShortKey() });
        var exception = Assert.ThrowsAny<Exception>(() => data.GetColumn<ushort>("Key").ToArray());
        Assert.IsType<InvalidOperationException>(exception.GetBaseException());
    }

    [Fact]
    public void MissingTextAndArraysAreEmpty()
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { new Everything { Text = null, Free = null, Words = null } });
        Assert.Equal("", data.GetColumn<string>("Text").Single());
        Assert.Empty(data.GetColumn<int[]>("Free").Single());
        Assert.Empty(data.GetColumn<string[]>("Words").Single());
    }

    [Fact]
    public void TheSizeOfAVectorIsNotChecked()
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { new Everything { Fixed = [1, 2] } });
        Assert.Equal(2, data.GetColumn<float[]>("Fixed").Single().Length);
    }

    [Fact]
    public void RecordsAndReadOnlyFieldsAreRead()
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { new Positional(3, "x") });
        Assert.Equal(["Constant: Int32", "Number: Int32", "Name: String"], data.Schema.Select(column => column.ToString()));
        Assert.Equal(3, data.GetColumn<int>("Number").Single());
        Assert.Equal(7, data.GetColumn<int>("Constant").Single());
    }

    [Fact]
    public void InheritedMembersComeToo()
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { new Derived { Own = 1, Number = 2 } });
        Assert.Equal(["Own", "Number"], data.Schema.Select(column => column.Name));
    }

    [Fact]
    public void AGetterOfTheWrongTypeIsRefused()
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { new Numbered() });
        using var cursor = data.GetRowCursor(data.Schema);
        Throws.Invalid("Invalid TValue in GetGetter for column #Number: Int32: 'System.Single', expected type: 'System.Int32'.",
            () => cursor.GetGetter<float>(data.Schema["Number"]));
    }

    [Fact]
    public void AGetterOfAnInactiveColumnIsRefused()
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { new Everything() });
        using var cursor = data.GetRowCursor([data.Schema["Text"]]);
        Assert.True(cursor.IsColumnActive(data.Schema["Text"]));
        Assert.False(cursor.IsColumnActive(data.Schema["Field"]));
        Throws.Param("column", "requested column not active", () => cursor.GetGetter<float>(data.Schema["Field"]));
    }

    [Fact]
    public void CursorsCountTheirRows()
    {
        var data = _ml.Data.LoadFromEnumerable(new Numbered[] { new() { Number = 5 }, new() { Number = 6 } });
        using var cursor = data.GetRowCursor([]);
        var id = cursor.GetIdGetter();
        DataViewRowId value = default;
        Assert.Equal(-1, cursor.Position);
        Throws.Invalid("Values cannot be fetched at this time. This method was called either before the first call to MoveNext, "
            + "or at any point after that method returned false.", () =>
            {
                id(ref value);
                return null;
            });
        Assert.True(cursor.MoveNext());
        Assert.Equal(0, cursor.Position);
        id(ref value);
        Assert.Equal(new(0, 0), value);
        Assert.True(cursor.MoveNext());
        id(ref value);
        Assert.Equal(new(1, 0), value);
        Assert.False(cursor.MoveNext());
        Assert.False(cursor.MoveNext());
        Assert.Equal(-1, cursor.Position);
    }

    [Fact]
    public void ANullRowIsRefused()
    {
        var data = _ml.Data.LoadFromEnumerable(new Numbered[] { new(), null! });
        Throws.Invalid("Encountered null when iterating over data, this is not supported.", () => data.GetColumn<int>("Number").ToArray());
    }

    [Fact]
    public void UnknownTypesAreRefused()
    {
        const string Message = "Could not determine an IDataView type and registered custom types for member ";
        Throws.Param("rawType", Message + "Maybe", () => _ml.Data.LoadFromEnumerable(new[] { new WithNullable() }));
        Throws.Param("rawType", Message + "Day", () => _ml.Data.LoadFromEnumerable(new[] { new WithEnum() }));
        Throws.Param("userType", "Duplicate column name 'Same' detected, this is disallowed",
            () => _ml.Data.LoadFromEnumerable(new[] { new WithDuplicate() }));
        Throws.Param("userType", "Member Key marked with KeyType attribute, but does not appear to be a valid kind of data for a key type",
            () => _ml.Data.LoadFromEnumerable(new[] { new WithBadKey() }));
        Throws.Param("userType", "Member Number marked with VectorTypeAttribute, but does not appear to be a vector type",
            () => _ml.Data.LoadFromEnumerable(new[] { new WithBadVector() }));
        Assert.Throws<ArgumentNullException>("data", () => _ml.Data.LoadFromEnumerable<Numbered>(null));
    }

    [Fact]
    public void ADefinitionChangesTheColumns()
    {
        var definition = SchemaDefinition.Create(typeof(Everything));
        definition["Free"].ColumnType = new VectorDataViewType(NumberDataViewType.Int32, 4);
        definition["Field"].ColumnName = "Value";
        definition["Key"].AddAnnotation("KeyValues", new[] { "a", "b", "c", "d", "e" }, new VectorDataViewType(TextDataViewType.Instance, 5));
        definition["Text"].AddAnnotation("Hint", 7, NumberDataViewType.Int32);
        definition.RemoveAll(column => column.MemberName is not ("Free" or "Field" or "Key" or "Text"));
        var data = _ml.Data.LoadFromEnumerable(new[] { new Everything() }, definition);
        Assert.Equal(["Value: Single", "Text: String {Hint}", "Key: Key<UInt32, 0-4> {KeyValues}", "Free: Vector<Int32, 4>"],
            data.Schema.Select(column => column.ToString()));
        VBuffer<ReadOnlyMemory<char>> values = default;
        data.Schema["Key"].GetKeyValues(ref values);
        Assert.Equal(["a", "b", "c", "d", "e"], values.DenseValues().Select(value => value.ToString()));
        Assert.Null(definition["Missing"]);
    }

    [Fact]
    public void ADefinitionMustFitTheMember()
    {
        var definition = SchemaDefinition.Create(typeof(Numbered));
        definition["Number"].ColumnType = NumberDataViewType.Single;
        Throws.Param("userSchemaDefinition", "Column 'Number' is supposed to have item type System.Single, but associated field has type System.Int32",
            () => _ml.Data.LoadFromEnumerable(new[] { new Numbered() }, definition));
        definition["Number"].ColumnType = new VectorDataViewType(NumberDataViewType.Int32, 2);
        Throws.Param("userSchemaDefinition", "Column 'Number' is supposed to be vector, but type of associated field 'Number' is scalar",
            () => _ml.Data.LoadFromEnumerable(new[] { new Numbered() }, definition));
        Throws.Param("userSchemaDefinition", $"No field or property with name 'Number' found in type '{typeof(Keyed).FullName}'",
            () => _ml.Data.LoadFromEnumerable(new[] { new Keyed() }, SchemaDefinition.Create(typeof(Numbered))));
        definition["Number"].AddAnnotation("A", 1, NumberDataViewType.Int32);
        Throws.Invalid("Column already contains an annotation of this kind.", () =>
        {
            definition["Number"].AddAnnotation("A", 1, NumberDataViewType.Int32);
            return null;
        });
        Throws.Invalid("Value inputted is supposed to have Type System.Int32, but type of Annotationinfo has System.Single", () =>
        {
            definition["Number"].AddAnnotation("B", 1, NumberDataViewType.Single);
            return null;
        });
        Throws.Param("columnName", "The column name is specified as 'Number' but must match the selector 'Other'.",
            () => definition["Other"] = definition["Number"]);
    }

    [Fact]
    public void ASchemaGivesTypesAndAnnotations()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddPrimitiveValue("Unit", TextDataViewType.Instance, "cm".AsMemory());
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Free", new VectorDataViewType(NumberDataViewType.Int32, 1), annotations.ToAnnotations());
        var data = _ml.Data.LoadFromEnumerable(new[] { new Everything() }, builder.ToSchema());
        Assert.Equal("Free: Vector<Int32, 1> {Unit}", data.Schema["Free"].ToString());
        Assert.Equal("Text: String", data.Schema["Text"].ToString());
        builder.AddColumn("Absent", NumberDataViewType.Single);
        Throws.Invalid("Type should contain a member named Absent", () => _ml.Data.LoadFromEnumerable(new[] { new Everything() }, builder.ToSchema()));
    }

    [Fact]
    public void AKeyTypeMustHaveACount()
    {
        Assert.Equal("Using KeyType without the Count parameter is not supported",
            Assert.Throws<NotSupportedException>(() => new KeyTypeAttribute()).Message);
        Assert.Null(new KeyCount().Count);
        Throws.Param("count", "The cardinality of valid values of a KeyDataViewType column has to be strictly positive.", () => new KeyCount(0));
    }

    [Fact]
    public void TypesOfOnesOwnAreColumnsToo()
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { new WithPoint { Place = new(3, 4) } });
        Assert.IsType<PointType>(data.Schema["Place"].Type);
        Assert.Equal(new Point(3, 4), data.GetColumn<Point>("Place").Single());
        Assert.Equal(new Point(3, 4), _ml.Data.CreateEnumerable<WithPoint>(data, false).Single().Place);
        Throws.Param("type", "Type System.Int32 has been registered as ML.NET's default supported type, so it can't not be registered again.", () =>
        {
            DataViewTypeManager.Register(new PointType(), typeof(int), new PointTypeAttribute());
            return null;
        });
    }

    private static IEnumerable<Numbered> Endless()
    {
        for (var i = 0; ; i++)
            yield return new() { Number = i };
    }

    public sealed class Everything
    {
        public float Field = 1.5f;

        public string? Text { get; set; } = "text";

        public bool Flag { get; set; } = true;

        public DateTime Time { get; set; } = new(2020, 2, 3);

        public DateTimeOffset Zoned { get; set; } = new(2020, 2, 3, 4, 5, 6, TimeSpan.FromHours(1));

        public TimeSpan Span { get; set; } = TimeSpan.FromMinutes(5);

        public DataViewRowId Id { get; set; } = new(1, 2);

        public ReadOnlyMemory<char> Chars { get; set; } = "chars".AsMemory();

        [KeyType(5)]
        public uint Key { get; set; } = 2;

        [VectorType(3)]
        public float[]? Fixed { get; set; } = [1, 2, 3];

        [VectorType(2, 2)]
        public double[] Square { get; set; } = [1, 2, 3, 4];

        public int[]? Free { get; set; } = [7];

        [VectorType]
        public string?[]? Words { get; set; } = ["a", null];

        [VectorType(2)]
        public VBuffer<byte> Buffer { get; set; } = new(2, 1, [9], [1]);

        [ColumnName("Renamed")]
        public long Original { get; set; } = 8;

        [KeyType(9)]
        public byte[] Keys { get; set; } = [1];

        [NoColumn]
        public object? Nothing { get; set; }

        public float this[int index] => index;
    }

    public class Numbered
    {
        public int Number { get; set; }
    }

    public sealed class Derived : Numbered
    {
        public int Own { get; set; }
    }

    public sealed class Keyed
    {
        [KeyType(5)]
        public uint Key { get; set; }
    }

    public sealed class ShortKey
    {
        [KeyType(5)]
        public ushort Key { get; set; }
    }

    public sealed record Positional(int Number, string Name)
    {
        public readonly int Constant = 7;
    }

    public sealed class WithNullable
    {
        public int? Maybe { get; set; }
    }

    public sealed class WithEnum
    {
        public DayOfWeek Day { get; set; }
    }

    public sealed class WithDuplicate
    {
        public int Same { get; set; }

        [ColumnName("Same")]
        public int Other { get; set; }
    }

    public sealed class WithBadKey
    {
        [KeyType(3)]
        public int Key { get; set; }
    }

    public sealed class WithBadVector
    {
        [VectorType(3)]
        public int Number { get; set; }
    }

    public sealed class WithPoint
    {
        [PointType]
        public Point Place { get; set; }
    }

    public readonly record struct Point(int X, int Y);

    public sealed class PointType : StructuredDataViewType
    {
        public PointType()
            : base(typeof(Point))
        {
        }

        public override bool Equals(DataViewType? other) => other is PointType;

        public override bool Equals(object? obj) => obj is PointType;

        public override int GetHashCode() => 17;
    }

    public sealed class PointTypeAttribute : DataViewTypeAttribute
    {
        public override void Register() => DataViewTypeManager.Register(new PointType(), typeof(Point), this);

        public override bool Equals(DataViewTypeAttribute? other) => other is PointTypeAttribute;

        public override bool Equals(object? obj) => obj is PointTypeAttribute;

        public override int GetHashCode() => 17;
    }
}
