namespace MLNet.Transformers.Tool.Data;

/// <summary>How a text file is laid out.</summary>
/// <param name="Separator">What stands between two values.</param>
/// <param name="AllowQuoting">Whether a value in double quotes may contain it.</param>
internal sealed record TableFormat(char Separator, bool AllowQuoting)
{
    private const int SampleRows = 1000;

    /// <summary>The name of a separator, for the user to read.</summary>
    public static string NameOf(char separator) => separator switch
    {
        '\t' => "tab",
        ',' => "comma",
        ';' => "semicolon",
        '|' => "bar",
        _ => $"'{separator}'",
    };

    /// <summary>Finds out how a file is laid out: its separator is that which gives all rows the same number of values.</summary>
    /// <param name="path">The file.</param>
    /// <param name="fewest">Number of columns that it must have.</param>
    /// <exception cref="InputException">No separator gives so many columns, or a row does not fit.</exception>
    public static TableFormat Infer(string path, int fewest)
    {
        var best = Separators(path).Select(separator => Sample(path, separator)).MaxBy(sample => sample.Score(fewest))!;
        if (best.Width < fewest)
            throw new InputException(best.Width > 1
                ? $"{path} has {best.Width} columns with a {NameOf(best.Separator)} between them, and {fewest} are needed."
                : $"{path} must have {fewest} columns or more with tabs, commas, semicolons or bars between them; none of these gives columns.");
        // Without any other column there is nothing to separate.
        var separator = fewest == 1 && best.Agreement < 1 ? '\t' : best.Separator;
        return new(separator, Quoting(path, separator));
    }

    /// <summary>Reads a file that is laid out so.</summary>
    /// <exception cref="InputException">A row does not fit.</exception>
    public TableScan Scan(string path, bool hasHeader)
    {
        var scan = TableScan.Of(path, Separator, AllowQuoting, hasHeader) ?? throw new InputException($"{path} has no rows.");
        var name = NameOf(Separator);
        if (scan.Illegal.Count > 0)
            throw new InputException(
                $"{path}: a value that begins with a double quote must end with one before the next {name}, and have two for each one within; "
                + $"see {scan.Illegal}.");
        if (scan.Ragged.Count > 0)
            throw new InputException(
                $"{path}: the first line has {scan.Columns.Count} columns, and {scan.Ragged.Count:N0} others have more or fewer: {scan.Ragged}. "
                + $"Put values with a {name} in them in double quotes, or mend these lines.");
        return scan;
    }

    private static IEnumerable<char> Separators(string path) =>
        Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase) ? [',', ';', '\t', '|'] : ['\t', ',', ';', '|'];

    // With quotes where they work, and without where something else is in the way.
    private static bool Quoting(string path, char separator)
    {
        var plain = TableScan.Of(path, separator, allowQuoting: false);
        if (plain is null or { HasLeadingQuotes: false })
            return separator is ',' or ';';
        var quoted = TableScan.Of(path, separator, allowQuoting: true)!;
        return Problems(quoted) == 0 || Problems(quoted) <= Problems(plain);

        static int Problems(TableScan scan) => scan.Illegal.Count + scan.Ragged.Count;
    }

    private static SeparatorSample Sample(string path, char separator)
    {
        var plain = SeparatorSample.Of(new DelimitedFile(path, separator, allowQuoting: false).Rows().Take(SampleRows), separator);
        var quoted = SeparatorSample.Of(new DelimitedFile(path, separator, allowQuoting: true).Rows().Take(SampleRows), separator);
        return quoted.Agreement >= plain.Agreement ? quoted : plain;
    }
}
