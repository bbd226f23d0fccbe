namespace MLNet.Transformers.Tool.Data;

/// <summary>What a text file has in it, when read in a certain way.</summary>
internal sealed class TableScan
{
    private readonly List<ColumnStatistics> _columns;

    private TableScan(DelimitedRow first)
    {
        First = first;
        _columns = [.. first.Fields.Select(_ => new ColumnStatistics())];
    }

    /// <summary>The first row, which may be a header.</summary>
    public DelimitedRow First { get; }

    /// <summary>The columns, as many as the first row has.</summary>
    public IReadOnlyList<ColumnStatistics> Columns => _columns;

    /// <summary>Number of rows, the header left out.</summary>
    public int RowCount { get; private set; }

    /// <summary>Rows with more or fewer values than the first one.</summary>
    public LineList Ragged { get; } = new();

    /// <summary>Rows with a quote that does not close, or that closes within a value.</summary>
    public LineList Illegal { get; } = new();

    /// <summary>Lines that are not read.</summary>
    public required LineList Comments { get; init; }

    /// <summary>Whether a value has line ends in it.</summary>
    public bool SpansLines { get; private set; }

    /// <summary>Whether a value begins with a double quote, where these have no meaning.</summary>
    public bool HasLeadingQuotes { get; private set; }

    /// <summary>Reads a file; null where it has no rows.</summary>
    /// <param name="path">The file.</param>
    /// <param name="separator">What stands between two values.</param>
    /// <param name="allowQuoting">Whether a value in double quotes may contain it.</param>
    /// <param name="hasHeader">Whether the first row is not one of the data.</param>
    /// <param name="mostRows">Rows after which reading ends.</param>
    public static TableScan? Of(string path, char separator, bool allowQuoting, bool hasHeader = true, int mostRows = int.MaxValue)
    {
        var file = new DelimitedFile(path, separator, allowQuoting);
        TableScan? scan = null;
        foreach (var row in file.Rows().Take(mostRows))
        {
            var isHeader = scan is null && hasHeader;
            scan ??= new TableScan(row) { Comments = file.Comments };
            if (!isHeader)
                scan.Add(row);
            scan.Check(row);
        }
        return scan;
    }

    private void Add(DelimitedRow row)
    {
        RowCount++;
        for (var column = 0; column < _columns.Count; column++)
            _columns[column].Add(row[column]);
    }

    private void Check(DelimitedRow row)
    {
        SpansLines |= row.SpansLines;
        HasLeadingQuotes |= row.Fields.Any(field => field.StartsWith('"'));
        if (!row.IsLegal)
            Illegal.Add(row.Line);
        var width = row.Width(_columns.Count);
        if (width != _columns.Count)
            Ragged.Add(row.Line, $"({width})");
    }
}
