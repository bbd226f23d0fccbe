using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Transformers.Tests;

/// <summary>Reads numbers and vectors of numbers, whatever the kind of number, as floats.</summary>
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

    public static Func<float[]> Reader(DataViewRow row, DataViewSchema.Column column) => column.Type switch
    {
        VectorDataViewType { ItemType.RawType: var item } when item == typeof(long) => Reader(row.GetGetter<VBuffer<long>>(column), value => value),
        VectorDataViewType => Reader(row.GetGetter<VBuffer<float>>(column), value => value),
        _ => ScalarReader(row.GetGetter<float>(column)),
    };

    private static Func<float[]> ScalarReader(ValueGetter<float> getter) => () =>
    {
        float value = 0;
        getter(ref value);
        return [value];
    };

    private static Func<float[]> Reader<T>(ValueGetter<VBuffer<T>> getter, Func<T, float> convert) => () =>
    {
        VBuffer<T> vector = default;
        getter(ref vector);
        return [.. vector.DenseValues().Select(convert)];
    };
}
