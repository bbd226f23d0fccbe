namespace Microsoft.ML.Data;

/// <summary>Reads files line by line: blank lines, comments and headers are left out.</summary>
internal static class TextLines
{
    public static IEnumerable<TextLine> Read(IMultiStreamSource files, TextFormat format)
    {
        var left = format.MaxRows;
        for (var file = 0; file < files.Count && left > 0; file++)
        {
            foreach (var line in ReadFile(files, file, format))
            {
                yield return line;
                if (--left == 0)
                    break;
            }
        }
    }

    /// <summary>The text after <c>#@</c> in the comments before the first row: how the file describes its own columns.</summary>
    public static string ReadDescription(IMultiStreamSource files)
    {
        if (files.Count == 0)
            return "";
        using var reader = files.OpenTextReader(0);
        var description = new List<string>();
        while (reader.ReadLine() is { } text)
        {
            if (text.Length == 0 || IsComment(text))
                continue;
            if (text[0] != '#')
                break;
            if (text.Length > 2 && text[1] == '@')
                description.Add(text[2..].Trim());
        }
        return string.Join(' ', description);
    }

    private static IEnumerable<TextLine> ReadFile(IMultiStreamSource files, int file, TextFormat format)
    {
        var path = files.GetPathOrNull(file);
        using var reader = files.OpenTextReader(file);
        var rows = new QuotedRowReader(reader, format);
        var number = 0L;
        var started = false;
        while ((format.ReadMultilines ? rows.ReadRow(number, skipHash: !started) : reader.ReadLine()) is { } text)
        {
            number++;
            // A line that starts with # is a comment only before the first row.
            if (text.Length == 0 || IsComment(text) || (!started && text[0] == '#'))
                continue;
            var isHeader = !started && format.HasHeader;
            started = true;
            if (!isHeader)
                yield return new TextLine(path, number, text);
        }
    }

    public static bool IsComment(string text) => text.StartsWith("//", StringComparison.Ordinal);
}
