using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Writes data as text: a description, a header, and a line a row, its rest sparse where that is shorter.</summary>
internal sealed class TextSaver
{
    private readonly IHost _host;
    private readonly char _separator;
    private readonly bool _writesHeader;
    private readonly bool _writesDescription;
    private readonly bool _dense;

    public TextSaver(IHostEnvironment environment, char separator, bool writesHeader, bool writesDescription, bool dense)
    {
        _host = environment.Register("TextSaver");
        _host.CheckUserArg(separator is ' ' or '\t' or ',' or ';' or '|', "Separator",
            "Invalid separator - must be: space, tab, comma, semicolon, or bar");
        _separator = separator;
        _writesHeader = writesHeader;
        _writesDescription = writesDescription;
        _dense = dense;
    }

    public void Save(IDataView data, Stream stream, bool keepHidden)
    {
        DataViewSchema.Column[] columns = [.. data.Schema.Where(column => (keepHidden || !column.IsHidden) && IsSavable(column.Type))];
        Contracts.Check(columns.Length > 0, "No valid columns to save");
        using var writer = new StreamWriter(stream, leaveOpen: true);
        using var cursor = data.GetRowCursor(columns);
        TextColumnWriter[] writers = [.. columns.Select(column => TextColumnWriter.Create(cursor, column, _separator))];

        var hasHeader = _writesHeader && columns.Any(column => column.Type is not VectorDataViewType || column.HasSlotNames());
        if (_writesDescription)
        {
            foreach (var line in TextFileDescription.Write(_separator, hasHeader, Describe(columns)))
                writer.WriteLine(line);
        }
        var row = new TextRowWriter(writer, _separator, _dense);
        if (hasHeader)
        {
            foreach (var column in writers)
                column.WriteHeader(row);
            row.EndRow();
        }
        while (cursor.MoveNext())
        {
            foreach (var column in writers)
                column.WriteValue(row);
            row.EndRow();
        }
    }

    private static bool IsSavable(DataViewType type) =>
        ((type as VectorDataViewType)?.ItemType ?? type) is PrimitiveDataViewType and not RowIdDataViewType;

    private static IEnumerable<TextLoader.Column> Describe(DataViewSchema.Column[] columns)
    {
        var start = 0;
        foreach (var column in columns)
        {
            var vector = column.Type as VectorDataViewType;
            var itemType = vector?.ItemType ?? (PrimitiveDataViewType)column.Type;
            yield return new TextLoader.Column
            {
                Name = column.Name,
                DataKind = DataKinds.Of(itemType.RawType),
                KeyCount = itemType is KeyDataViewType key ? new KeyCount(key.Count) : null,
                Source =
                [
                    vector is null ? new TextLoader.Range(start)
                    : vector.IsKnownSize ? new TextLoader.Range(start, start + vector.Size - 1)
                    : new TextLoader.Range { Min = start, VariableEnd = true },
                ],
            };
            start += vector?.Size ?? 1;
        }
    }
}
