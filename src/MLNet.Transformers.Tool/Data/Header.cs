using System.Globalization;

namespace MLNet.Transformers.Tool.Data;

/// <summary>The first line of a text file: names of columns, or a row like the others.</summary>
internal static class Header
{
    private const int LongestName = 40;
    private const double FewValues = 0.2;
    private const double MuchLonger = 3;

    /// <summary>Whether the first row has the names of the columns.</summary>
    /// <param name="path">The file, for the message.</param>
    /// <param name="scan">The rows below the first.</param>
    /// <param name="wanted">Names of columns that the user gave.</param>
    /// <exception cref="InputException">It cannot be told.</exception>
    public static bool Infer(string path, TableScan scan, IReadOnlyCollection<string> wanted)
    {
        var first = scan.First.Fields;
        if (first.Any(name => wanted.Contains(name.Trim(), StringComparer.Ordinal)) && !wanted.All(IsIndex))
            return true;
        if (scan.RowCount == 0)
            throw new InputException($"{path} has one line only.");
        if (first.Any(value => ColumnStatistics.Number(value) is not null))
            return false;
        var columns = first.Zip(scan.Columns).Where(column => column.Second.Count > 0).ToArray();
        if (columns.Any(column => column.Second.IsNumber && !string.IsNullOrWhiteSpace(column.First)))
            return true;
        if (first.Any(value => value.Length > LongestName) || columns.Any(column => IsAmong(column.First, column.Second)))
            return false;
        if (first.Any(ColumnVocabulary.Knows))
            return true;
        if (first.Distinct(StringComparer.OrdinalIgnoreCase).Count() < first.Count)
            return false;
        if (columns.Any(column => IsOdd(column.First, column.Second))
            || columns.All(column => column.Second.MeanLength > MuchLonger * column.First.Length))
            return true;
        throw new InputException(
            $"Whether the first line of {path} has the names of the columns cannot be told: give --has-header true, or --has-header false.");
    }

    /// <summary>The names of the columns.</summary>
    /// <exception cref="InputException">Two columns have the same.</exception>
    public static IReadOnlyList<string> Names(string path, TableScan scan, bool hasHeader)
    {
        if (!hasHeader)
            return [.. scan.Columns.Select((_, index) => Numbered(index))];
        string[] names = [.. scan.First.Fields.Select((name, index) => string.IsNullOrWhiteSpace(name) ? Numbered(index) : name.Trim())];
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new InputException($"{path} has {twice.Count()} columns of the name '{twice.Key}': give each its own in the first line.");
        return names;
    }

    private static string Numbered(int index) => $"col{index}";

    private static bool IsIndex(string name) => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    // Found again below, in a column where values come again and again.
    private static bool IsAmong(string first, ColumnStatistics below) => Repeats(below) && below.Has(first);

    private static bool IsOdd(string first, ColumnStatistics below) => Repeats(below) && !below.Has(first) && !string.IsNullOrWhiteSpace(first);

    private static bool Repeats(ColumnStatistics below) => !below.HasManyValues && below.Distinct <= FewValues * below.Count;
}
