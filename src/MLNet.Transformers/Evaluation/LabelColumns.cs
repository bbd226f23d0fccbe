using System.Globalization;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Evaluation;

/// <summary>Reads columns of labels, whatever they are made of, as texts.</summary>
internal static class LabelColumns
{
    /// <summary>Two columns that hold a label, or several, a row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or holds none of text, keys and Boolean values.</exception>
    public static IEnumerable<(long Row, string[] First, string[] Second)> ReadVectors(IDataView data, string first, string second)
    {
        DataViewSchema.Column[] columns = [Find(data.Schema, first), Find(data.Schema, second)];
        using var cursor = data.GetRowCursor(columns);
        var (readFirst, readSecond) = (VectorReader(cursor, columns[0]), VectorReader(cursor, columns[1]));
        while (cursor.MoveNext())
            yield return (cursor.Position, readFirst(), readSecond());
    }

    /// <summary>The column of that name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name) =>
        schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(nameof(schema), $"Could not find input column '{name}'");

    /// <exception cref="ArgumentOutOfRangeException">The column holds something else than was expected.</exception>
    public static ArgumentOutOfRangeException Mismatch(DataViewSchema.Column column, string expected) =>
        new(nameof(column), $"Schema mismatch for input column '{column.Name}': expected {expected}, got {ColumnShape.Of(column.Type)}");

    /// <summary>Reads one label or several as texts; keys as what they stand for, and where they stand for nothing as their numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column holds none of text, keys and Boolean values.</exception>
    public static Func<string[]> VectorReader(DataViewRow row, DataViewSchema.Column column)
    {
        var item = column.Type is VectorDataViewType vector ? vector.ItemType : column.Type;
        return item switch
        {
            TextDataViewType => Reader<ReadOnlyMemory<char>>(row, column, text => text.ToString()),
            BooleanDataViewType => Reader<bool>(row, column, value => value ? "true" : "false"),
            KeyDataViewType => KeyReader(row, column, item.RawType),
            _ => throw Mismatch(column, "text, keys or Boolean"),
        };
    }

    private static Func<string[]> KeyReader(DataViewRow row, DataViewSchema.Column column, Type rawType)
    {
        var names = KeyValues.From(column)?.Texts;
        string Name(ulong key) => key == 0 ? throw new ArgumentException($"Row {row.Position} has a missing key in '{column.Name}'.")
            : names is null ? key.ToString(CultureInfo.InvariantCulture)
            : names[checked((int)key) - 1];
        return rawType == typeof(byte) ? Reader<byte>(row, column, key => Name(key))
            : rawType == typeof(ushort) ? Reader<ushort>(row, column, key => Name(key))
            : rawType == typeof(uint) ? Reader<uint>(row, column, key => Name(key))
            : Reader<ulong>(row, column, Name);
    }

    private static Func<string[]> Reader<T>(DataViewRow row, DataViewSchema.Column column, Func<T, string> text)
    {
        if (column.Type is not VectorDataViewType)
        {
            var scalar = row.GetGetter<T>(column);
            T value = default!;
            return () =>
            {
                scalar(ref value);
                return [text(value)];
            };
        }
        var getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> values = default;
        return () =>
        {
            getter(ref values);
            return [.. values.DenseValues().Select(text)];
        };
    }
}
