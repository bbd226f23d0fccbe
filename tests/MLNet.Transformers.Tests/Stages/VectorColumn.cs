using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Transformers.Tests;

/// <summary>Reads vectors of numbers, whatever the kind of number, as floats.</summary>
public static class VectorColumn
{
    public static float[] ReadAll(IDataView view, string name)
    {
        var column = view.Schema[name];
        using var cursor = view.GetRowCursor([column]);
        var read = Reader(cursor, column);
        var values = new List<float>();
        while (cursor.MoveNext())
            values.AddRange(read());
        return [.. values];
    }

    public static Func<float[]> Reader(DataViewRow row, DataViewSchema.Column column) =>
        ((VectorDataViewType)column.Type).ItemType.RawType == typeof(long)
            ? Reader(row.GetGetter<VBuffer<long>>(column), value => value)
            : Reader(row.GetGetter<VBuffer<float>>(column), value => value);

    private static Func<float[]> Reader<T>(ValueGetter<VBuffer<T>> getter, Func<T, float> convert) => () =>
    {
        VBuffer<T> vector = default;
        getter(ref vector);
        return [.. vector.DenseValues().Select(convert)];
    };
}
