namespace MLNet.Transformers.Tool.Data.Conversion;

/// <summary>What a file of another format has in it.</summary>
/// <param name="Format">What format it is, such as "SQuAD's JSON".</param>
/// <param name="Columns">The columns, all of which are used.</param>
/// <param name="Rows">The values of the rows.</param>
internal sealed record ConvertedRows(string Format, IReadOnlyList<DatasetColumn> Columns, IReadOnlyList<string[]> Rows)
{
    /// <summary>What may make a model worse, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Writes them as a table.</summary>
    /// <param name="source">The file that they come from.</param>
    /// <param name="path">The table; its folder is made.</param>
    public TabularDataset Write(string source, string path)
    {
        var spansLines = false;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using var writer = new StreamWriter(path) { NewLine = "\n" };
            writer.WriteLine(string.Join('\t', Columns.Select(column => column.Name)));
            foreach (var row in Rows)
            {
                writer.WriteLine(string.Join('\t', row.Select(Field)));
                spansLines = spansLines || row.Any(value => value.Contains('\n', StringComparison.Ordinal));
            }
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} cannot be written: {denied.Message}");
        }
        return new TabularDataset(path, '\t', HasHeader: true, AllowQuoting: true, Columns)
        {
            ReadMultilines = spansLines,
            RowCount = Rows.Count,
            Notes = [$"{source} is {Format}; its rows were written as a table to {path}."],
            Warnings = Warnings,
        };
    }

    // The text loader takes // at the beginning of a line for a comment, and drops spaces before a value.
    private static string Field(string value) =>
        value.Length == 0 || value.AsSpan().IndexOfAny("\t\"\n") >= 0 || value[0] is ' ' or '/' or '#'
            ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : value;
}
