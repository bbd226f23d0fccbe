using System.Globalization;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Reads the tables of Unicode data that lie in this assembly.</summary>
internal static class UnicodeResource
{
    /// <summary>The lines of a table; those that begin with # tell its sections apart.</summary>
    public static IEnumerable<string> ReadLines(string name)
    {
        using Stream stream = typeof(UnicodeResource).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"This build lacks the table {name}.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    public static int ParseCodePoint(ReadOnlySpan<char> hexadecimal) =>
        int.Parse(hexadecimal, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>Reads a code point or two with a hyphen between.</summary>
    public static (int First, int Last) ParseRange(ReadOnlySpan<char> range)
    {
        int hyphen = range.IndexOf('-');
        return hyphen < 0
            ? (ParseCodePoint(range), ParseCodePoint(range))
            : (ParseCodePoint(range[..hyphen]), ParseCodePoint(range[(hyphen + 1)..]));
    }
}
