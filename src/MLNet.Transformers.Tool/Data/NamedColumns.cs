using System.Globalization;

namespace MLNet.Transformers.Tool.Data;

/// <summary>Finds the columns that the user named.</summary>
internal static class NamedColumns
{
    /// <summary>The place of a column.</summary>
    /// <param name="path">The file, for the message.</param>
    /// <param name="option">The option that names the column.</param>
    /// <param name="wanted">A name, or a number from 0 where no column has it for a name.</param>
    /// <param name="names">The names of all columns.</param>
    /// <exception cref="InputException">There is no such column.</exception>
    public static int Find(string path, string option, string wanted, IReadOnlyList<string> names) => TryFind(wanted, names)
        ?? throw new InputException($"{option}: {path} has no column '{wanted}'. Its columns are {Listed(names)}.");

    /// <summary>The places of the columns that are not to be read.</summary>
    /// <param name="path">The file, for the message.</param>
    /// <param name="wanted">Names; several may stand in one with commas between them.</param>
    /// <param name="names">The names of all columns.</param>
    /// <exception cref="InputException">There is no such column.</exception>
    public static IReadOnlySet<int> Ignored(string path, IReadOnlyList<string> wanted, IReadOnlyList<string> names) => wanted
        .SelectMany(name => TryFind(name, names) is null ? name.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [name])
        .Select(name => Find(path, "--ignore-cols", name, names))
        .ToHashSet();

    /// <summary>Names, for the user to read.</summary>
    public static string Listed(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));

    private static int? TryFind(string wanted, IReadOnlyList<string> names)
    {
        for (var index = 0; index < names.Count; index++)
        {
            if (names[index] == wanted.Trim())
                return index;
        }
        string[] close = [.. names.Where(name => name.Equals(wanted.Trim(), StringComparison.OrdinalIgnoreCase))];
        if (close.Length == 1)
            return names.ToList().IndexOf(close[0]);
        return int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < names.Count ? number : null;
    }
}
