using System.Globalization;

namespace MLNet.Transformers.Tool.Search;

/// <summary>Reads a few rows as text.</summary>
internal static class ExampleRows
{
    private const int Count = 5;

    /// <summary>The first rows: the values of their columns of text and numbers, by name.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Of(IDataView rows)
    {
        var columns = rows.Schema.Where(column => !column.IsHidden && ReaderOf(null, column) is not null).ToArray();
        using var cursor = rows.GetRowCursor(columns);
        var readers = columns.Select(column => (column.Name, Read: ReaderOf(cursor, column)!)).ToArray();
        var examples = new List<IReadOnlyDictionary<string, string>>();
        while (examples.Count < Count && cursor.MoveNext())
            examples.Add(readers.ToDictionary(reader => reader.Name, reader => reader.Read()));
        return examples;
    }

    /// <summary>Reads a column; null where it is of another type. Without a cursor it only tells which.</summary>
    private static Func<string>? ReaderOf(DataViewRowCursor? cursor, DataViewSchema.Column column) => column.Type switch
    {
        TextDataViewType => ReaderOf<ReadOnlyMemory<char>>(cursor, column),
        BooleanDataViewType => ReaderOf<bool>(cursor, column),
        NumberDataViewType { RawType: var type } when type == typeof(float) => ReaderOf<float>(cursor, column),
        NumberDataViewType { RawType: var type } when type == typeof(int) => ReaderOf<int>(cursor, column),
        _ => null,
    };

    private static Func<string> ReaderOf<T>(DataViewRowCursor? cursor, DataViewSchema.Column column)
    {
        var value = default(T)!;
        var getter = cursor?.GetGetter<T>(column);
        return () =>
        {
            getter!(ref value);
            return Convert.ToString(value, CultureInfo.InvariantCulture) ?? value!.ToString()!;
        };
    }
}
