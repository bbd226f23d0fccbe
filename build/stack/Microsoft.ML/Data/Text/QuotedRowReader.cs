using System.Text;

namespace Microsoft.ML.Data;

/// <summary>Reads rows whose quoted fields may hold line breaks.</summary>
internal sealed class QuotedRowReader(TextReader reader, TextFormat format)
{
    private readonly StringBuilder _row = new();

    /// <summary>Reads one row, the lines of a quoted field joined by line feeds; null at the end.</summary>
    public string ReadRow(long lineNumber, bool skipHash)
    {
        var line = reader.ReadLine();
        if (string.IsNullOrEmpty(line) || TextLines.IsComment(line) || (skipHash && line[0] == '#') || !EndsInsideQuotes(line, startsInside: false))
            return line;
        _row.Clear().Append(line);
        do
        {
            line = reader.ReadLine() ?? throw new EndOfStreamException(
                $"A quoted field opened on line {lineNumber} was never closed, and we've read to the last line in the file without finding the closing quote");
            _row.Append('\n').Append(line);
        }
        while (EndsInsideQuotes(line, startsInside: true));
        return _row.ToString();
    }

    private bool EndsInsideQuotes(string line, bool startsInside)
    {
        var inside = startsInside;
        for (var position = 0; position < line.Length || inside;)
        {
            if (!inside)
            {
                position = SkipSpaces(line, position);
                if (position == line.Length)
                    return false;
                if (line[position] != '"')
                {
                    position = line.AsSpan(position).IndexOfAny(format.Separators) is var next and >= 0
                        ? position + next + 1 : line.Length;
                    continue;
                }
                position++;
            }
            position = FindClosingQuote(line, position);
            if (position < 0)
                return true;
            inside = false;
            position = SkipSpaces(line, position + 1);
            // Anything else before the separator is a format error, which ends the row.
            if (position < line.Length && !format.Separators.Contains(line[position]))
                return false;
            position++;
        }
        return false;
    }

    private int SkipSpaces(string line, int position)
    {
        while (!format.SpaceSeparates && position < line.Length && line[position] == ' ')
            position++;
        return position;
    }

    private int FindClosingQuote(string line, int position)
    {
        for (; position < line.Length; position++)
        {
            var doubled = format.EscapeChar == '"' && position + 1 < line.Length && line[position + 1] == '"';
            if (line[position] == '"' && !doubled)
                return position;
            if (line[position] == format.EscapeChar)
                position++;
        }
        return -1;
    }
}
