using System.Text;

namespace MLNet.Transformers.Tool.Data;

/// <summary>Splits the lines of a row into values exactly as ML.NET's text loader does.</summary>
/// <param name="separator">What stands between two values.</param>
/// <param name="allowQuoting">Whether a value in double quotes may contain it, and line ends.</param>
/// <remarks><see href="https://learn.microsoft.com/dotnet/api/microsoft.ml.data.textloader.options"/>.</remarks>
internal sealed class RowSplitter(char separator, bool allowQuoting)
{
    // A quote that is open for longer was never meant to be one, and the rest of the file is not to be taken for its value.
    private const int MostLines = 10_000;

    private readonly List<string> _fields = [];
    private readonly StringBuilder _quoted = new();
    private bool _isLegal;
    private bool _isInside;

    /// <summary>Reads the row that begins with <paramref name="line"/>, and for as long as a quote is open the lines after it.</summary>
    /// <param name="line">The first line.</param>
    /// <param name="number">Its number.</param>
    /// <param name="next">Reads the next line; null at the end.</param>
    public DelimitedRow Split(string line, long number, Func<string?> next)
    {
        _fields.Clear();
        _isLegal = true;
        _isInside = false;
        Take(line, 0);
        var lines = 1;
        for (; _isInside; lines++)
        {
            if (lines == MostLines || next() is not { } more)
            {
                _isLegal = false;
                _fields.Add("");
                break;
            }
            _quoted.Append('\n');
            Continue(more);
        }
        return new DelimitedRow(number, [.. _fields], _isLegal, lines > 1);
    }

    private void Continue(string line)
    {
        var position = 0;
        if (TakeQuoted(line, ref position) && position < line.Length)
            Take(line, position + 1);
    }

    private void Take(string line, int position)
    {
        while (true)
        {
            while (position < line.Length && line[position] == ' ')
                position++;
            if (allowQuoting && position < line.Length && line[position] == '"')
            {
                position++;
                _quoted.Clear();
                if (!TakeQuoted(line, ref position))
                    return;
            }
            else
            {
                var end = line.IndexOf(separator, position);
                if (end < 0)
                    end = line.Length;
                _fields.Add(line[position..end]);
                position = end;
            }
            if (position == line.Length)
                return;
            position++;
        }
    }

    // Reads to the separator after the closing quote; false where the line ends before that quote.
    private bool TakeQuoted(string line, ref int position)
    {
        _isInside = true;
        while (true)
        {
            var quote = line.IndexOf('"', position);
            if (quote < 0)
            {
                _quoted.Append(line, position, line.Length - position);
                return false;
            }
            _quoted.Append(line, position, quote - position);
            position = quote + 1;
            if (position == line.Length || line[position] != '"')
                break;
            _quoted.Append('"');
            position++;
        }
        _isInside = false;
        var isLegal = true;
        for (; position < line.Length && line[position] != separator; position++)
            isLegal &= line[position] == ' ';
        _fields.Add(isLegal ? _quoted.ToString() : "");
        _isLegal &= isLegal;
        return true;
    }
}
