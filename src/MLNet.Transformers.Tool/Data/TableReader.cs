using System.Globalization;

namespace MLNet.Transformers.Tool.Data;

/// <summary>Finds out how a text file with columns is to be read.</summary>
internal static class TableReader
{
    /// <summary>The file with its columns and what they are for.</summary>
    /// <param name="job">What was asked for.</param>
    /// <param name="path">The file.</param>
    /// <param name="hasTags">Whether labels are the tags of words.</param>
    /// <exception cref="InputException">How it is laid out or what its columns are for cannot be told, or its rows cannot be learnt from.</exception>
    public static TabularDataset Read(Job job, string path, bool hasTags)
    {
        var format = TableFormat.Infer(path, job.Scenario.Columns.Count);
        var scan = format.Scan(path, hasHeader: true);
        var hasHeader = job.HasHeader ?? Header.Infer(path, scan, [.. job.ColumnNames.Values, .. job.IgnoredColumns]);
        if (!hasHeader)
            scan = format.Scan(path, hasHeader: false);
        if (scan.RowCount == 0)
            throw new InputException($"{path} has a header and no rows below it.");
        var columns = new PurposeInference(job, path, Header.Names(path, scan, hasHeader), scan.Columns).Columns();
        var dataset = new TabularDataset(path, format.Separator, hasHeader, format.AllowQuoting, columns)
        {
            ReadMultilines = scan.SpansLines,
            RowCount = scan.RowCount,
        };
        return dataset with { Warnings = [.. Unread(scan), .. UsedColumns.Check(job, dataset, hasTags)] };
    }

    /// <summary>Another file that must be laid out as a dataset is: the same columns, in the same places.</summary>
    /// <exception cref="InputException">It is not.</exception>
    public static TabularDataset ReadAlike(string path, TabularDataset dataset)
    {
        var scan = new TableFormat(dataset.Separator, dataset.AllowQuoting).Scan(path, dataset.HasHeader);
        if (scan.Columns.Count != dataset.Columns.Count)
            throw new InputException(
                $"{path} must have the {dataset.Columns.Count} columns of {dataset.Path}, with a {TableFormat.NameOf(dataset.Separator)} between them, and has {scan.Columns.Count}.");
        foreach (var (theirs, ours) in Header.Names(path, scan, dataset.HasHeader).Zip(dataset.Columns))
        {
            if (theirs != ours.Name)
                throw new InputException($"{path} has the column '{theirs}' where {dataset.Path} has '{ours.Name}': the columns must be the same, in the same order.");
        }
        if (scan.RowCount == 0)
            throw new InputException($"{path} has no rows.");
        return dataset with { Path = path, ReadMultilines = dataset.ReadMultilines || scan.SpansLines, RowCount = scan.RowCount, Notes = [], Warnings = [.. Unread(scan)] };
    }

    /// <summary>The rows of a dataset, without the header.</summary>
    public static IEnumerable<DelimitedRow> Rows(TabularDataset dataset) =>
        new DelimitedFile(dataset.Path, dataset.Separator, dataset.AllowQuoting).Rows().Skip(dataset.HasHeader ? 1 : 0);

    private static IEnumerable<string> Unread(TableScan scan) => scan.Comments.Count == 0 ? [] :
    [
        string.Create(
            CultureInfo.InvariantCulture,
            $"ML.NET takes {scan.Comments.Count:N0} {(scan.Comments.Count == 1 ? "line" : "lines")} for comments, which begin with // or stand above all others and begin with #; not read: {scan.Comments}."),
    ];
}
