using System.Globalization;
using System.Text;

namespace MLNet.Transformers.Tool.Projects.Code;

/// <summary>Names and values as C# source has them.</summary>
internal static class CSharpText
{
    /// <summary>A string literal: verbatim where that reads as the text does, otherwise with escapes.</summary>
    public static string Of(string text)
    {
        if (!text.Any(NeedsEscape))
            return text.Contains('\\', StringComparison.Ordinal) ? $"@\"{text}\"" : $"\"{text}\"";
        var literal = new StringBuilder("\"");
        foreach (var unit in text)
            literal.Append(Escaped(unit, '"'));
        return literal.Append('"').ToString();

        static bool NeedsEscape(char unit) => unit == '"' || !IsReadable(unit);
    }

    /// <summary>A verbatim literal, as Model Builder writes the names of columns; with escapes where it would not be readable.</summary>
    public static string Verbatim(string text) => text.All(IsReadable)
        ? $"@\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : Of(text);

    /// <summary>A character literal.</summary>
    public static string Of(char unit) => $"'{Escaped(unit, '\'')}'";

    /// <summary>A Boolean literal.</summary>
    public static string Of(bool value) => value ? "true" : "false";

    /// <summary>A literal of a double that reads back as the same bits.</summary>
    public static string Of(double value) => value switch
    {
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        double.NaN => "double.NaN",
        // An integer would have no such zero.
        0 when double.IsNegative(value) => "-0d",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>A literal of a float that reads back as the same bits.</summary>
    public static string Of(float value) => value switch
    {
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        float.NaN => "float.NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture) + "f",
    };

    /// <summary>A text in the XML of a documentation comment.</summary>
    public static string Documentation(string text) => text
        .ReplaceLineEndings(" ")
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>The property that Model Builder makes of a column: its first letter is a capital, and what no identifier can have is an underscore.</summary>
    /// <param name="columnName">The column.</param>
    /// <param name="taken">Names that are not free; the new one joins them.</param>
    public static string Property(string columnName, ISet<string> taken)
    {
        var name = new StringBuilder();
        foreach (var unit in columnName)
            name.Append(char.IsLetterOrDigit(unit) ? unit : '_');
        if (name.Length == 0 || char.IsDigit(name[0]))
            name.Insert(0, '_');
        name[0] = char.ToUpperInvariant(name[0]);
        var (first, unique) = (name.ToString(), name.ToString());
        for (var number = 2; !taken.Add(unique); number++)
            unique = $"{first}_{number}";
        return unique;
    }

    private static bool IsReadable(char unit) => unit == ' ' || !(char.IsControl(unit) || char.IsWhiteSpace(unit) || char.IsSurrogate(unit)
        || char.GetUnicodeCategory(unit) is UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse);

    private static string Escaped(char unit, char quote) => unit switch
    {
        '\t' => @"\t",
        '\n' => @"\n",
        '\r' => @"\r",
        '\\' => @"\\",
        _ when unit == quote => $"\\{quote}",
        _ when IsReadable(unit) => unit.ToString(),
        _ => $"\\u{(int)unit:x4}",
    };
}
