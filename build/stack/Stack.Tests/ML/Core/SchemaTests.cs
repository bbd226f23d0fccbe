using Microsoft.ML;
using Microsoft.ML.Data;

namespace Stack.Tests.ML.Core;

public class SchemaTests
{
    [Fact]
    public void TypesPrintAsInThePackages()
    {
        Assert.Equal("Single", NumberDataViewType.Single.ToString());
        Assert.Equal("UInt64", NumberDataViewType.UInt64.ToString());
        Assert.Equal("String", TextDataViewType.Instance.ToString());
        Assert.Equal("Boolean", BooleanDataViewType.Instance.ToString());
        Assert.Equal("DateTimeOffset", DateTimeOffsetDataViewType.Instance.ToString());
        Assert.Equal("DataViewRowId", RowIdDataViewType.Instance.ToString());
        Assert.Equal("Key<UInt32, 0-9>", new KeyDataViewType(typeof(uint), 10).ToString());
        Assert.Equal("Vector<Single, 3>", new VectorDataViewType(NumberDataViewType.Single, 3).ToString());
        Assert.Equal("Vector<Single>", new VectorDataViewType(NumberDataViewType.Single).ToString());
        Assert.Equal("Vector<Single, 2, *>", new VectorDataViewType(NumberDataViewType.Single, 2, 0).ToString());
    }

    [Fact]
    public void TypesAreEqualByWhatTheyAre()
    {
        Assert.Equal(new KeyDataViewType(typeof(uint), 10), new KeyDataViewType(typeof(uint), 10UL));
        Assert.NotEqual(new KeyDataViewType(typeof(uint), 10), new KeyDataViewType(typeof(uint), 11));
        Assert.NotEqual(new KeyDataViewType(typeof(uint), 10), new KeyDataViewType(typeof(ulong), 10));
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 6), new VectorDataViewType(NumberDataViewType.Single, dimensions: new[] { 6 }));
        Assert.NotEqual(new VectorDataViewType(NumberDataViewType.Single, 6), new VectorDataViewType(NumberDataViewType.Single, 2, 3));
        Assert.Equal(6, new VectorDataViewType(NumberDataViewType.Single, 2, 3).Size);
        Assert.Equal(typeof(VBuffer<float>), new VectorDataViewType(NumberDataViewType.Single, 6).RawType);
        Assert.False(new VectorDataViewType(NumberDataViewType.Single, 2, 0).IsKnownSize);
    }

    [Fact]
    public void BadKeyTypesAreRefused()
    {
        Throws.Param("type", "Type is not valid, it must be Byte, UInt16, UInt32, or UInt64.", () => new KeyDataViewType(typeof(int), 3));
        Throws.Param("count", "The cardinality of a KeyDataViewType must not exceed Byte.MaxValue and must be strictly positive, but got 256.",
            () => new KeyDataViewType(typeof(byte), 256));
        Throws.Param("count", "The cardinality of a KeyDataViewType must not exceed UInt32.MaxValue and must be strictly positive, but got 0.",
            () => new KeyDataViewType(typeof(uint), 0UL));
        Throws.Param("size", () => new VectorDataViewType(NumberDataViewType.Single, -1));
        Assert.Throws<ArgumentNullException>(() => new VectorDataViewType(null, 1));
    }

    [Fact]
    public void ALaterColumnHidesAnEarlierOneOfItsName()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("A", NumberDataViewType.Single);
        builder.AddColumn("B", NumberDataViewType.Int32);
        builder.AddColumn("A", TextDataViewType.Instance);
        var schema = builder.ToSchema();
        Assert.Equal([true, false, false], schema.Select(column => column.IsHidden));
        Assert.Equal(2, schema["A"].Index);
        Assert.Equal("3 columns", schema.ToString());
        Assert.Null(schema.GetColumnOrNull("C"));
        Throws.Param("name", "Column 'C' not found", () => schema["C"]);
        Assert.Throws<ArgumentOutOfRangeException>("columnIndex", () => schema[3]);
        Assert.Throws<ArgumentNullException>("name", () => schema[""]);
    }

    [Fact]
    public void AnnotationsAreComputedWhenTheyAreAskedFor()
    {
        var asked = 0;
        var names = new DataViewSchema.Annotations.Builder();
        names.Add<VBuffer<ReadOnlyMemory<char>>>("SlotNames", new VectorDataViewType(TextDataViewType.Instance, 2),
            (ref VBuffer<ReadOnlyMemory<char>> value) =>
            {
                asked++;
                value = new(2, ["x".AsMemory(), "y".AsMemory()]);
            });
        names.AddPrimitiveValue("IsNormalized", BooleanDataViewType.Instance, true);
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("F", new VectorDataViewType(NumberDataViewType.Single, 2), names.ToAnnotations());
        var column = builder.ToSchema()["F"];
        Assert.Equal(0, asked);
        Assert.Equal("F: Vector<Single, 2> {SlotNames, IsNormalized}", column.ToString());
        Assert.True(column.HasSlotNames());
        Assert.True(column.IsNormalized());
        VBuffer<ReadOnlyMemory<char>> slots = default;
        column.GetSlotNames(ref slots);
        Assert.Equal(["x", "y"], slots.DenseValues().Select(slot => slot.ToString()));
        Assert.Equal(1, asked);
    }

    [Fact]
    public void KeyValuesMustBeAsManyAsTheKeys()
    {
        var values = new DataViewSchema.Annotations.Builder();
        values.Add("KeyValues", new VectorDataViewType(NumberDataViewType.Int32, 2),
            (ValueGetter<VBuffer<int>>)((ref VBuffer<int> value) => value = new(2, [7, 8])));
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Two", new KeyDataViewType(typeof(uint), 2), values.ToAnnotations());
        builder.AddColumn("Three", new KeyDataViewType(typeof(uint), 3), values.ToAnnotations());
        var schema = builder.ToSchema();
        Assert.True(schema["Two"].HasKeyValues(NumberDataViewType.Int32));
        Assert.False(schema["Two"].HasKeyValues());
        Assert.False(schema["Three"].HasKeyValues(NumberDataViewType.Int32));
        VBuffer<int> keys = default;
        schema["Two"].GetKeyValues(ref keys);
        Assert.Equal([7, 8], keys.DenseValues());
        VBuffer<ReadOnlyMemory<char>> texts = default;
        Assert.Equal("Invalid call to 'GetGetter'", Assert.Throws<InvalidOperationException>(() => schema["Two"].GetKeyValues(ref texts)).Message);
        Assert.Equal("Invalid call to 'GetValue'", Assert.Throws<InvalidOperationException>(() => schema["Two"].GetSlotNames(ref texts)).Message);
    }

    [Fact]
    public void AnnotationsOfTheWrongTypeAreRefused()
    {
        var builder = new DataViewSchema.Annotations.Builder();
        var exception = Assert.Throws<ArgumentException>(() => builder.AddPrimitiveValue("A", NumberDataViewType.Single, 1.0));
        Assert.Equal("type.RawType must be of type 'System.Double'. (Parameter 'type')", exception.Message);
    }

    [Fact]
    public void SelectedAnnotationsAreCopied()
    {
        var source = new DataViewSchema.Annotations.Builder();
        source.AddPrimitiveValue("A", NumberDataViewType.Single, 1f);
        source.AddPrimitiveValue("B", NumberDataViewType.Single, 2f);
        var target = new DataViewSchema.Annotations.Builder();
        target.Add(source.ToAnnotations(), name => name == "B");
        target.Add(null, _ => true);
        var annotations = target.ToAnnotations();
        Assert.Equal("B", annotations.ToString());
        float value = 0;
        annotations.GetValue("B", ref value);
        Assert.Equal(2f, value);
    }

    [Fact]
    public void RowIdsMixAsInThePackages()
    {
        var id = new DataViewRowId(1, 2);
        Assert.Equal("00000000000000020000000000000001", id.ToString());
        Assert.Equal("000000079e99deb4000000007adce733", id.Next().ToString());
        Assert.Equal("000000079e99deb434e09d0b1102190b", id.Fork().ToString());
        Assert.Equal("d6c370eb9bb089c0cf76cc3e67f97a6c", id.Combine(new(3, 4)).ToString());
        Assert.True(new DataViewRowId(0, 1).CompareTo(new(1, 0)) > 0);
        Assert.Equal(id, new DataViewRowId(1, 2));
    }
}
