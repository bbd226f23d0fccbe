using System.Text;

namespace MLNet.Transformers.Tool.Data.Conversion;

/// <summary>A file of texts without columns: a text a line, or one long text with empty lines between its paragraphs.</summary>
internal static class PlainTextFile
{
    /// <summary>Characters after which a new row begins, at the next end of a paragraph.</summary>
    private const int RowLength = 1000;

    private const double FewestEmpty = 0.02;

    /// <summary>Whether a file is one: it is no .tsv or .csv, and no column or header was spoken of.</summary>
    public static bool Is(Job job, string path) => job.ColumnNames.Count == 0 && job.HasHeader is null && job.IgnoredColumns.Count == 0
        && Path.GetExtension(path).ToUpperInvariant() is not (".TSV" or ".CSV");

    /// <summary>Reads a file.</summary>
    public static ConvertedRows Read(string path)
    {
        string[] lines = [.. Lines(path)];
        var isLong = lines.Count(string.IsNullOrWhiteSpace) > FewestEmpty * lines.Length;
        return new ConvertedRows(
            isLong ? "one long text" : "a text a line",
            [new("Text", 0, DataKind.String, ColumnPurpose.Text, isLong ? $"its paragraphs, put together to {RowLength} characters or more" : "its lines")],
            [.. (isLong ? Paragraphs(lines) : lines.Where(line => !string.IsNullOrWhiteSpace(line))).Select(text => (string[])[text])]);
    }

    private static IEnumerable<string> Paragraphs(IEnumerable<string> lines)
    {
        var row = new StringBuilder();
        foreach (var line in lines)
        {
            if (string.IsNullOrWhiteSpace(line) && row.Length >= RowLength)
            {
                yield return row.ToString().TrimEnd('\n');
                row.Clear();
            }
            else if (row.Length > 0 || !string.IsNullOrWhiteSpace(line))
            {
                row.Append(line).Append('\n');
            }
        }
        if (row.ToString().TrimEnd() is { Length: > 0 } last)
            yield return last;
    }

    private static IEnumerable<string> Lines(string path)
    {
        using var reader = SourceFile.OpenText(path);
        while (reader.ReadLine() is { } line)
            yield return line;
    }
}
