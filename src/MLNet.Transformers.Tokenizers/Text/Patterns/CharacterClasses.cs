using System.Globalization;

namespace MLNet.Transformers.Tokenizers;

/// <summary>The classes of characters that regular expressions name, such as <c>\s</c> or <c>\p{Lu}</c>.</summary>
/// <seealso href="https://github.com/kkos/oniguruma/blob/master/doc/RE"/>
internal static class CharacterClasses
{
    private static readonly string[] s_categories =
    [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc",
        "Cf", "Cs", "Co", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Cn",
    ];

    private static readonly Dictionary<string, string> s_longNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Letter"] = "L", ["UppercaseLetter"] = "Lu", ["LowercaseLetter"] = "Ll", ["TitlecaseLetter"] = "Lt",
        ["ModifierLetter"] = "Lm", ["OtherLetter"] = "Lo", ["Mark"] = "M", ["NonspacingMark"] = "Mn", ["SpacingMark"] = "Mc",
        ["EnclosingMark"] = "Me", ["Number"] = "N", ["DecimalNumber"] = "Nd", ["LetterNumber"] = "Nl", ["OtherNumber"] = "No",
        ["Punctuation"] = "P", ["ConnectorPunctuation"] = "Pc", ["DashPunctuation"] = "Pd", ["OpenPunctuation"] = "Ps",
        ["ClosePunctuation"] = "Pe", ["InitialPunctuation"] = "Pi", ["FinalPunctuation"] = "Pf", ["OtherPunctuation"] = "Po",
        ["Symbol"] = "S", ["MathSymbol"] = "Sm", ["CurrencySymbol"] = "Sc", ["ModifierSymbol"] = "Sk", ["OtherSymbol"] = "So",
        ["Separator"] = "Z", ["SpaceSeparator"] = "Zs", ["LineSeparator"] = "Zl", ["ParagraphSeparator"] = "Zp",
        ["Other"] = "C", ["Control"] = "Cc", ["Format"] = "Cf", ["Surrogate"] = "Cs", ["PrivateUse"] = "Co", ["Unassigned"] = "Cn",
    };

    public static bool IsSpace(int codePoint) => (Characters.GetKind(codePoint) & CharacterKind.WhiteSpace) != 0;

    public static bool IsDigit(int codePoint) => CharUnicodeInfo.GetUnicodeCategory(codePoint) == UnicodeCategory.DecimalDigitNumber;

    /// <summary>Whether a class has the code point where it names words: no joiners, unlike <see cref="CharacterKind.Word"/>.</summary>
    public static bool IsWord(int codePoint) => codePoint is not (0x200C or 0x200D) && (Characters.GetKind(codePoint) & CharacterKind.Word) != 0;

    /// <summary>Whether <c>\w</c> has the code point outside of brackets, where Oniguruma counts the numbers of Latin-1 too.</summary>
    public static bool IsLooseWord(int codePoint) => IsWord(codePoint) || (codePoint < 0x100 && (Characters.GetKind(codePoint) & CharacterKind.Number) != 0);

    public static bool IsHexadecimal(int codePoint) => codePoint < 0x80 && char.IsAsciiHexDigit((char)codePoint);

    /// <summary>The class of a name as in <c>\p{name}</c> or <c>[:name:]</c>, or <see langword="null"/>.</summary>
    public static Func<int, bool>? Find(string name)
    {
        string plain = name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        return FindCategory(s_longNames.GetValueOrDefault(plain, plain)) ?? FindPosix(plain) ?? FindScript(name);
    }

    private static Func<int, bool>? FindCategory(string name)
    {
        bool[] wanted = [.. s_categories.Select(category => category.StartsWith(name, StringComparison.OrdinalIgnoreCase))];
        return name.Length is 1 or 2 && wanted.Contains(true) ? codePoint => wanted[(int)CharUnicodeInfo.GetUnicodeCategory(codePoint)] : null;
    }

    // Names that the standard of regular expressions gives, widened to Unicode.
    private static Func<int, bool>? FindPosix(string name) => name.ToUpperInvariant() switch
    {
        "ALNUM" => Any("Alpha", "Nd"),
        "ALPHA" or "ALPHABETIC" => codePoint => IsWord(codePoint) && CharUnicodeInfo.GetUnicodeCategory(codePoint)
            is not (UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation),
        "ASCII" => codePoint => codePoint < 0x80,
        "BLANK" => codePoint => codePoint == '\t' || CharUnicodeInfo.GetUnicodeCategory(codePoint) == UnicodeCategory.SpaceSeparator,
        "CNTRL" => Find("Cc"),
        "DIGIT" => IsDigit,
        "GRAPH" => codePoint => !IsSpace(codePoint) && CharUnicodeInfo.GetUnicodeCategory(codePoint)
            is not (UnicodeCategory.Control or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned),
        "LOWER" or "LOWERCASE" => Find("Ll"),
        "PRINT" => Any("Graph", "Zs"),
        "PUNCT" => Any("P", "S"),
        "SPACE" or "WHITESPACE" => IsSpace,
        "UPPER" or "UPPERCASE" => Find("Lu"),
        "WORD" => IsWord,
        "XDIGIT" => IsHexadecimal,
        "ANY" => _ => true,
        _ => null,
    };

    private static Func<int, bool>? FindScript(string name)
    {
        int script = UnicodeScripts.Find(name.Replace(' ', '_'));
        return script == UnicodeScripts.None ? null : codePoint => UnicodeScripts.Get(codePoint) == script;
    }

    private static Func<int, bool> Any(string first, string second)
    {
        Func<int, bool> isFirst = Find(first)!, isSecond = Find(second)!;
        return codePoint => isFirst(codePoint) || isSecond(codePoint);
    }
}
