using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

/// <summary>Holds the current row's value of one column.</summary>
internal abstract class TextColumnReader(TextColumn column)
{
    protected TextColumn Column { get; } = column;
    protected bool CanBeMissing { get; } = PrimitiveValues.CanMiss(column.ItemType);

    public abstract Delegate Getter { get; }

    public static TextColumnReader Create(TextColumn column, TextFormat format)
    {
        var open = column.Type is VectorDataViewType ? typeof(TextVectorReader<>) : typeof(TextScalarReader<>);
        return (TextColumnReader)Activator.CreateInstance(open.MakeGenericType(column.ItemType.RawType), column, format);
    }

    /// <summary>Reads the column's value out of a line's fields.</summary>
    /// <param name="line">The line, for messages.</param>
    /// <param name="fields">Its fields that are not blank.</param>
    /// <param name="size">The number of fields that the line has.</param>
    /// <param name="log">Told of values that cannot be read and are missing instead.</param>
    public abstract void Read(TextLine line, TextFields fields, int size, TextParseLog log);
}

internal sealed class TextScalarReader<T>(TextColumn column, TextFormat format) : TextColumnReader(column)
{
    private readonly TextParser<T> _parse = TextConversion.Parser<T>(column.ItemType, format.DecimalMarker, format.MissingRealsAsNaNs);
    private readonly bool _blankIsNaN = format.MissingRealsAsNaNs && (typeof(T) == typeof(float) || typeof(T) == typeof(double));
    private T _value;

    public override Delegate Getter => (ValueGetter<T>)((ref T value) => value = _value);

    public override void Read(TextLine line, TextFields fields, int size, TextParseLog log)
    {
        var number = Column.Segments[0].Start;
        var position = fields.Find(number);
        if (position == fields.Count || fields.Number(position) != number)
        {
            _value = default;
            if (_blankIsNaN)
                _parse(default, out _value);
            return;
        }
        var text = fields.Text(position);
        if (_parse(text, out _value))
            return;
        if (!CanBeMissing)
            throw Contracts.Except($"Could not parse value {text} in line {line.Number}, column {Column.Name}");
        log.BadValue(line, Column.Name, slot: null);
    }
}

internal sealed class TextVectorReader<T>(TextColumn column, TextFormat format) : TextColumnReader(column)
{
    private readonly TextParser<T> _parse = TextConversion.Parser<T>(column.ItemType, format.DecimalMarker, format.MissingRealsAsNaNs);
    private readonly bool _blankIsNaN = format.MissingRealsAsNaNs && (typeof(T) == typeof(float) || typeof(T) == typeof(double));
    private readonly List<int> _slots = [];
    private readonly List<T> _values = [];
    private int _length;

    public override Delegate Getter => (ValueGetter<VBuffer<T>>)Get;

    public override void Read(TextLine line, TextFields fields, int size, TextParseLog log)
    {
        _slots.Clear();
        _values.Clear();
        _length = 0;
        foreach (var segment in Column.Segments)
        {
            var limit = segment.IsVariable ? Math.Max(segment.Start, size) : segment.Limit;
            var shift = _length - segment.Start;
            var position = fields.Find(segment.Start);
            for (; position < fields.Count && fields.Number(position) < limit; position++)
                Add(line, fields.Number(position) + shift, fields.Text(position), log);
            if (_blankIsNaN && position == fields.Count)
            {
                for (var number = Math.Max(segment.Start, fields.Count); number < limit; number++)
                    Add(line, number + shift, default, log);
            }
            _length += limit - segment.Start;
        }
    }

    private void Add(TextLine line, int slot, ReadOnlyMemory<char> text, TextParseLog log)
    {
        if (!_parse(text, out var value))
        {
            if (!CanBeMissing)
                throw Contracts.Except($"Could not parse value {text} in slot {slot} of column {Column.Name} in line {line.Number}");
            log.BadValue(line, Column.Name, slot);
        }
        _slots.Add(slot);
        _values.Add(value);
    }

    /// <summary>Sparse as long as at most half of the slots are given.</summary>
    private void Get(ref VBuffer<T> value)
    {
        var sparse = _values.Count <= _length / 2;
        var editor = VBufferEditor.Create(ref value, _length, sparse ? _values.Count : _length);
        if (!sparse)
            editor.Values.Clear();
        for (var i = 0; i < _values.Count; i++)
        {
            editor.Values[sparse ? i : _slots[i]] = _values[i];
            if (sparse && _values.Count < _length)
                editor.Indices[i] = _slots[i];
        }
        value = editor.Commit();
    }
}
