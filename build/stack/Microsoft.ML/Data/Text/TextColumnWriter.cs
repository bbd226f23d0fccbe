using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

/// <summary>Writes the values of one column as text that the loader reads back.</summary>
internal abstract class TextColumnWriter
{
    private const string Blank = "\"\"";

    public static TextColumnWriter Create(DataViewRow row, DataViewSchema.Column column, char separator)
    {
        var vector = column.Type as VectorDataViewType;
        var open = vector is null ? typeof(TextScalarWriter<>) : typeof(TextVectorWriter<>);
        return (TextColumnWriter)Activator.CreateInstance(
            open.MakeGenericType((vector?.ItemType ?? column.Type).RawType), row, column, separator);
    }

    public abstract void WriteHeader(TextRowWriter row);
    public abstract void WriteValue(TextRowWriter row);

    protected static void WriteNames(TextRowWriter row, int length, IEnumerable<(int Slot, ReadOnlyMemory<char> Name)> names, char separator)
    {
        row.StartColumn(Blank);
        foreach (var (slot, name) in names)
            row.Add(slot, Quote(name.Span, separator));
        row.EndColumn(length);
    }

    protected static Func<T, string> Formatter<T>(DataViewType type, char separator)
    {
        var format = TextFormatting.Formatter<T>(type);
        return type switch
        {
            TextDataViewType => value => Quote(format(value), separator),
            DateTimeDataViewType or DateTimeOffsetDataViewType or TimeSpanDataViewType => value => $"\"{format(value)}\"",
            _ => format,
        };
    }

    private static string Quote(ReadOnlySpan<char> text, char separator)
    {
        if (text.IsEmpty)
            return Blank;
        var plain = text[0] != ' ' && text.IndexOfAny("\":\n") < 0 && !text.Contains(separator);
        return plain ? text.ToString() : $"\"{text.ToString().Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}

internal sealed class TextScalarWriter<T>(DataViewRow row, DataViewSchema.Column column, char separator) : TextColumnWriter
{
    private readonly ValueGetter<T> _get = row.GetGetter<T>(column);
    private readonly Func<T, string> _format = Formatter<T>(column.Type, separator);
    private T _value;

    public override void WriteHeader(TextRowWriter row) => WriteNames(row, 1, [(0, column.Name.AsMemory())], separator);

    public override void WriteValue(TextRowWriter row)
    {
        _get(ref _value);
        row.StartColumn(_format(default));
        row.Add(0, _format(_value));
        row.EndColumn(1);
    }
}

internal sealed class TextVectorWriter<T>(DataViewRow row, DataViewSchema.Column column, char separator) : TextColumnWriter
{
    private readonly ValueGetter<VBuffer<T>> _get = row.GetGetter<VBuffer<T>>(column);
    private readonly Func<T, string> _format = Formatter<T>(((VectorDataViewType)column.Type).ItemType, separator);
    private VBuffer<T> _value;

    public override void WriteHeader(TextRowWriter row)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        if (column.HasSlotNames())
            column.GetSlotNames(ref names);
        WriteNames(row, ((VectorDataViewType)column.Type).Size,
            names.Items().Where(item => !item.Value.IsEmpty).Select(item => (item.Key, item.Value)), separator);
    }

    public override void WriteValue(TextRowWriter row)
    {
        _get(ref _value);
        row.StartColumn(_format(default));
        foreach (var (slot, value) in _value.Items())
            row.Add(slot, _format(value));
        row.EndColumn(_value.Length);
    }
}
