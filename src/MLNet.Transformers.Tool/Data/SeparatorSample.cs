namespace MLNet.Transformers.Tool.Data;

/// <summary>How well a separator fits the first rows of a file.</summary>
/// <param name="Separator">The separator.</param>
/// <param name="Width">The number of values that most rows have.</param>
/// <param name="Agreement">The share of the rows that have it.</param>
internal sealed record SeparatorSample(char Separator, int Width, double Agreement)
{
    /// <summary>Counts the values of rows.</summary>
    public static SeparatorSample Of(IEnumerable<DelimitedRow> rows, char separator)
    {
        var widths = new Dictionary<int, int>();
        var count = 0;
        foreach (var row in rows)
        {
            count++;
            var width = row.IsLegal ? row.Fields.Count : 0;
            widths[width] = widths.GetValueOrDefault(width) + 1;
        }
        if (count == 0)
            return new(separator, 0, 0);
        var most = widths.Where(width => width.Key > 0).OrderByDescending(width => width.Value).ThenByDescending(width => width.Key).FirstOrDefault();
        return new(separator, most.Key, (double)most.Value / count);
    }

    /// <summary>How well it fits a file that must have some number of columns; the greater the better.</summary>
    public double Score(int fewest) => Width < fewest ? Width - fewest : Width == 1 ? 0 : Agreement;
}
