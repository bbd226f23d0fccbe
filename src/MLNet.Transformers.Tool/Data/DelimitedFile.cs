namespace MLNet.Transformers.Tool.Data;

/// <summary>Reads the rows of a text file as ML.NET's text loader does, and knows on which lines they are.</summary>
/// <param name="path">The file.</param>
/// <param name="separator">What stands between two values.</param>
/// <param name="allowQuoting">Whether a value in double quotes may contain it, and line ends.</param>
internal sealed class DelimitedFile(string path, char separator, bool allowQuoting)
{
    /// <summary>The lines that the loader takes for comments: those that begin with //, and before the first row with #; known after the rows have been read.</summary>
    public LineList Comments { get; private set; } = new();

    /// <summary>All rows, the header among them.</summary>
    public IEnumerable<DelimitedRow> Rows()
    {
        Comments = new();
        using var reader = SourceFile.OpenText(path);
        var splitter = new RowSplitter(separator, allowQuoting);
        var number = 0L;
        var hasBegun = false;
        string? Next()
        {
            number++;
            return reader.ReadLine();
        }
        while (Next() is { } line)
        {
            if (line.Length == 0)
                continue;
            if (line.StartsWith("//", StringComparison.Ordinal) || (!hasBegun && line[0] == '#'))
            {
                Comments.Add(number);
                continue;
            }
            hasBegun = true;
            yield return splitter.Split(line, number, Next);
        }
    }
}
