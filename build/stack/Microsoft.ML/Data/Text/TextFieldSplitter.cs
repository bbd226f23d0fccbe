using System.Buffers;
using System.Text;

namespace Microsoft.ML.Data;

/// <summary>Splits lines into fields: separators, quotes, escapes and the sparse form.</summary>
internal sealed class TextFieldSplitter(TextFormat format, TextParseLog log)
{
    private const int LongestIndex = 9;
    private const string NoLength =
        "Missing dimensionality or ambiguous sparse item. Use sparse=- for non-sparse file, and/or quote the value.";
    private const string BadLength =
        "Bad dimensionality or ambiguous sparse item. Use sparse=- for non-sparse file, and/or quote the value.";

    private readonly SearchValues<char> _separators = SearchValues.Create(format.Separators);
    private readonly bool _skipsSpaces = !format.SpaceSeparates;
    private readonly StringBuilder _unquoted = new();
    private int _fieldStart;
    private int _fieldEnd;

    public TextFields Fields { get; } = new();

    /// <summary>Fills <see cref="Fields"/> as far as the field numbered <paramref name="lastNeeded"/>.</summary>
    /// <returns>The number of fields that the line has, those after the last needed left out.</returns>
    public int Split(TextLine line, int lastNeeded)
    {
        Fields.Clear();
        var text = line.Text.AsMemory();
        if (format.TrimWhitespace)
            text = text.TrimEnd();
        return format.AllowSparse ? SplitSparse(line, text, lastNeeded) : SplitDense(line, text, lastNeeded);
    }

    private int SplitDense(TextLine line, ReadOnlyMemory<char> text, int lastNeeded)
    {
        var position = 0;
        for (var number = 0; ;)
        {
            var more = Next(line, text, ref position, out _, out var field);
            if (!field.IsEmpty || format.MissingRealsAsNaNs)
                Fields.Add(number, field);
            if (++number > lastNeeded || !more)
                return number;
        }
    }

    /// <summary>Leading fields in full, then perhaps <c>length index:value index:value …</c> in rising order.</summary>
    private int SplitSparse(TextLine line, ReadOnlyMemory<char> text, int lastNeeded)
    {
        var (position, number, previous) = (0, 0, -1);
        var (total, sparseStart) = (format.InputSize, -1);
        for (; ; )
        {
            var more = Next(line, text, ref position, out var index, out var field);
            if (index < 0)
            {
                if (sparseStart >= 0)
                {
                    Warn(line, "Non-sparse formatted value follows sparse formatted value");
                    return total;
                }
                if (!field.IsEmpty)
                    Fields.Add(number, field);
                // One field more than needed is read: it may turn out to be the length of a sparse part.
                if (number++ > lastNeeded || !more)
                    return Math.Max(number, total);
                continue;
            }
            if (sparseStart < 0)
            {
                if (total > 0)
                {
                    sparseStart = Fields.Count;
                }
                else
                {
                    if (!TakeLength(line, number, out var length))
                        return number;
                    sparseStart = number - 1;
                    total = (int)Math.Min((long)sparseStart + length, TextSegment.EndOfLine - 1);
                    lastNeeded = Math.Min(lastNeeded, total - 1);
                }
            }
            if (index > lastNeeded - sparseStart && index >= total - sparseStart)
            {
                Warn(line, "Sparse item index larger than expected. Is the specified size incorrect?");
                return total;
            }
            if (index > lastNeeded - sparseStart + 1)
                return total;
            if (index <= previous)
            {
                Warn(line, "Sparse indices out of order");
                return total;
            }
            previous = index;
            if (!field.IsEmpty)
                Fields.Add(sparseStart + index, field);
            if (!more)
                return total;
        }
    }

    /// <summary>Takes the last field as the length of the sparse part.</summary>
    private bool TakeLength(TextLine line, int number, out int length)
    {
        length = 0;
        if (Fields.Count == 0 || Fields.Number(Fields.Count - 1) != number - 1)
        {
            Warn(line, NoLength);
            return false;
        }
        if (!TextConversion.TryParse(Fields.Text(Fields.Count - 1), out length) || length <= 0)
        {
            Warn(line, BadLength);
            return false;
        }
        Fields.RemoveLast();
        return true;
    }

    /// <summary>Reads the field at <paramref name="position"/> and moves behind the separator that follows it.</summary>
    /// <returns>Whether a separator followed.</returns>
    private bool Next(TextLine line, ReadOnlyMemory<char> text, ref int position, out int index, out ReadOnlyMemory<char> field)
    {
        var span = text.Span;
        field = default;
        index = -1;
        SkipSpaces(span, ref position);
        _fieldStart = position;
        if (format.AllowSparse && TakeIndex(span, ref position, out index))
            SkipSpaces(span, ref position);
        if (position == span.Length)
            return false;
        if (format.AllowQuoting && span[position] == '"')
        {
            position++;
            var legal = TakeQuoted(span, ref position);
            _fieldEnd = position;
            if (legal)
                field = _unquoted.ToString().AsMemory();
            else
                Warn(line, "Illegal quoting");
        }
        else
        {
            var length = span[position..].IndexOfAny(_separators);
            if (length < 0)
                length = span.Length - position;
            field = text.Slice(position, length);
            position += length;
            _fieldEnd = position;
        }
        if (position == span.Length)
            return false;
        position++;
        return true;
    }

    private void Warn(TextLine line, string message) => log.BadFormat(line, _fieldStart, _fieldEnd, message);

    private void SkipSpaces(ReadOnlySpan<char> span, ref int position)
    {
        if (!_skipsSpaces)
            return;
        while (position < span.Length && span[position] == ' ')
            position++;
    }

    /// <summary>Takes <c>index:</c> if it stands at <paramref name="position"/>.</summary>
    private static bool TakeIndex(ReadOnlySpan<char> span, ref int position, out int index)
    {
        index = -1;
        var end = position;
        while (end < span.Length && end - position < LongestIndex && char.IsAsciiDigit(span[end]))
            end++;
        if (end == position || end == span.Length || span[end] != ':')
            return false;
        index = int.Parse(span[position..end]);
        position = end + 1;
        return true;
    }

    /// <summary>Reads behind an opening quote to the separator after the closing one.</summary>
    /// <returns>False where the closing quote is missing or anything but spaces follows it.</returns>
    private bool TakeQuoted(ReadOnlySpan<char> span, ref int position)
    {
        _unquoted.Clear();
        if (!TakeToClosingQuote(span, ref position))
            return false;
        var legal = true;
        for (; position < span.Length && !_separators.Contains(span[position]); position++)
            legal &= span[position] == ' ';
        return legal;
    }

    private bool TakeToClosingQuote(ReadOnlySpan<char> span, ref int position)
    {
        for (; position < span.Length; position++)
        {
            var c = span[position];
            var next = position + 1 < span.Length ? span[position + 1] : '\0';
            if (c == '"' && (format.EscapeChar != '"' || next != '"'))
            {
                position++;
                return true;
            }
            // An escape character before anything but a quote stands for itself, and so does what follows it.
            if (c == format.EscapeChar)
            {
                if (next != '"')
                    _unquoted.Append(c);
                if (++position == span.Length)
                    return false;
                c = next;
            }
            _unquoted.Append(c);
        }
        return false;
    }
}
