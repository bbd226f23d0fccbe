namespace Microsoft.ML.Data;

/// <summary>Reads one column.</summary>
public static class ColumnCursorExtensions
{
    public static IEnumerable<T> GetColumn<T>(this IDataView data, string columnName) => GetColumn<T>(data, data.Schema[columnName]);

    public static IEnumerable<T> GetColumn<T>(this IDataView data, DataViewSchema.Column column)
    {
        Contracts.CheckValue(data, nameof(data));
        Contracts.CheckNonEmpty(column.Name, nameof(column));
        if (data.Schema[column.Index] is var own && (own.Name != column.Name || own.Type != column.Type))
        {
            throw Contracts.ExceptParam(nameof(column),
                $"column with name {column.Name}, type {column.Type}, and index {column.Index} cannot be found in {nameof(data)}");
        }

        if (column.Type.RawType == typeof(T))
            return Values<T>(data, own);
        if (typeof(T) == typeof(string) && column.Type is TextDataViewType)
            return (IEnumerable<T>)Values<ReadOnlyMemory<char>>(data, own).Select(text => text.ToString());
        if (typeof(T).IsArray)
        {
            var vector = column.Type as VectorDataViewType ?? throw Contracts.ExceptParam(nameof(column),
                $"Cannot load vector type, {column.Type}, specified in {nameof(column)} to the user-defined type, {typeof(T)}.");
            var itemType = typeof(T).GetElementType();
            if (itemType == vector.ItemType.RawType)
                return Generic.Invoke<IEnumerable<T>>((Func<IDataView, DataViewSchema.Column, IEnumerable<int[]>>)Arrays<int>, itemType, data, own);
            if (itemType == typeof(string) && vector.ItemType is TextDataViewType)
            {
                return (IEnumerable<T>)Arrays<ReadOnlyMemory<char>>(data, own).Select(texts => Array.ConvertAll(texts, text => text.ToString()));
            }
        }

        throw Contracts.ExceptParam(nameof(column),
            $"Cannot map column (name: {column.Name}, type: {column.Type}) in {nameof(data)} to the user-defined type, {typeof(T)}.");
    }

    private static IEnumerable<T> Values<T>(IDataView data, DataViewSchema.Column column)
    {
        using var cursor = data.GetRowCursor([column]);
        var get = cursor.GetGetter<T>(column);
        T value = default;
        while (cursor.MoveNext())
        {
            get(ref value);
            yield return value;
        }
    }

    private static IEnumerable<T[]> Arrays<T>(IDataView data, DataViewSchema.Column column)
    {
        foreach (var vector in Values<VBuffer<T>>(data, column))
        {
            var items = new T[vector.Length];
            vector.CopyTo(items);
            yield return items;
        }
    }
}
