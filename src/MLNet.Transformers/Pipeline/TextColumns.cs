namespace MLNet.Transformers.Pipeline;

/// <summary>The texts of a data view: columns that hold one a row, or several.</summary>
internal static class TextColumns
{
    /// <summary>The texts of all the text columns among these, row by row.</summary>
    public static IEnumerable<string> Read(IDataView data, IEnumerable<InputColumn> inputs)
    {
        var columns = inputs.Where(column => column.Shape.ItemType == typeof(ReadOnlyMemory<char>)).Select(column => column.In(data.Schema)).ToArray();
        using var cursor = data.GetRowCursor(columns);
        var readers = columns.Select(column => VectorReader(cursor, column)).ToArray();
        while (cursor.MoveNext())
        {
            foreach (var text in readers.SelectMany(read => read()))
                yield return text;
        }
    }

    /// <summary>Reads a text column of the row that <paramref name="row"/> stands on.</summary>
    public static Func<string> Reader(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<ReadOnlyMemory<char>>(column);
        ReadOnlyMemory<char> text = default;
        return () =>
        {
            getter(ref text);
            return text.ToString();
        };
    }

    /// <summary>Reads a text column to learn from it.</summary>
    /// <exception cref="ArgumentException">The reader throws it where a row has no text.</exception>
    public static Func<string> LearningReader(DataViewRow row, DataViewSchema.Column column)
    {
        var read = Reader(row, column);
        return () => read() is var text && !string.IsNullOrWhiteSpace(text)
            ? text
            : throw new ArgumentException($"Row {row.Position} has no text in '{column.Name}'.");
    }

    /// <summary>Reads a column of one text or of several.</summary>
    public static Func<string[]> VectorReader(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType)
        {
            var single = Reader(row, column);
            return () => [single()];
        }
        var read = VectorColumns.Reader<ReadOnlyMemory<char>>(row, column);
        return () => Array.ConvertAll(read(), text => text.ToString());
    }
}
