using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Answers what kind a character is from a table, and walks over surrogate pairs.</summary>
internal static class Characters
{
    private static readonly CharacterKind[] s_kinds = BuildTable();

    /// <summary>The kind of a character of the basic plane; surrogates have none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CharacterKind GetKind(char value) => s_kinds[value];

    public static CharacterKind GetKind(int codePoint) => codePoint < 0x10000 ? s_kinds[codePoint] : Classify(codePoint);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Is(char value, CharacterKind kind) => (s_kinds[value] & kind) != 0;

    /// <summary>The code point at <paramref name="index"/>, and its length in UTF-16 units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int GetCodePoint(ReadOnlySpan<char> text, int index, out int length)
    {
        char first = text[index];
        if (!char.IsHighSurrogate(first) || index + 1 >= text.Length || !char.IsLowSurrogate(text[index + 1]))
        {
            length = 1;
            return first;
        }

        length = 2;
        return char.ConvertToUtf32(first, text[index + 1]);
    }

    /// <summary>The code point that ends before <paramref name="end"/>, and its length in UTF-16 units.</summary>
    public static int GetCodePointBefore(ReadOnlySpan<char> text, int end, out int length)
    {
        char last = text[end - 1];
        if (!char.IsLowSurrogate(last) || end < 2 || !char.IsHighSurrogate(text[end - 2]))
        {
            length = 1;
            return last;
        }

        length = 2;
        return char.ConvertToUtf32(text[end - 2], last);
    }

    /// <summary>The kind of the character at <paramref name="index"/>, and its length in UTF-16 units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CharacterKind GetKind(ReadOnlySpan<char> text, int index, out int length)
    {
        char value = text[index];
        if (!char.IsSurrogate(value))
        {
            length = 1;
            return s_kinds[value];
        }

        return GetKind(GetCodePoint(text, index, out length));
    }

    /// <summary>The lower-case letter of the same simple mapping in every culture.</summary>
    public static int ToLower(int codePoint) => Rune.IsValid(codePoint) ? Rune.ToLowerInvariant(new Rune(codePoint)).Value : codePoint;

    private static CharacterKind[] BuildTable()
    {
        var kinds = new CharacterKind[0x10000];
        for (int codePoint = 0; codePoint < kinds.Length; codePoint++)
        {
            kinds[codePoint] = Classify(codePoint);
        }

        return kinds;
    }

    private static CharacterKind Classify(int codePoint)
    {
        CharacterKind kind = CharUnicodeInfo.GetUnicodeCategory(codePoint) switch
        {
            <= UnicodeCategory.OtherLetter => CharacterKind.Letter | CharacterKind.Word,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => CharacterKind.Mark | CharacterKind.Word,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber => CharacterKind.Number | CharacterKind.Word,
            UnicodeCategory.OtherNumber => CharacterKind.Number,
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse => CharacterKind.Control,
            UnicodeCategory.ConnectorPunctuation => CharacterKind.Punctuation | CharacterKind.Word,
            >= UnicodeCategory.DashPunctuation and <= UnicodeCategory.OtherPunctuation => CharacterKind.Punctuation,
            _ => CharacterKind.None,
        };
        if (codePoint < 0x10000 && char.IsWhiteSpace((char)codePoint))
        {
            kind |= CharacterKind.WhiteSpace;
        }

        if (codePoint is (>= 0x21 and <= 0x2F) or (>= 0x3A and <= 0x40) or (>= 0x5B and <= 0x60) or (>= 0x7B and <= 0x7E))
        {
            kind |= CharacterKind.Punctuation;
        }

        if (IsAlphabeticSymbol(codePoint) || codePoint is 0x200C or 0x200D)
        {
            kind |= CharacterKind.Word;
        }

        return IsIdeograph(codePoint) ? kind | CharacterKind.Ideograph : kind;
    }

    // The letters in circles and squares: symbols by category, alphabetic by property.
    private static bool IsAlphabeticSymbol(int codePoint) =>
        codePoint is (>= 0x24B6 and <= 0x24E9) or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189);

    // The blocks that the published BERT names, gaps included.
    private static bool IsIdeograph(int codePoint) => codePoint
        is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F)
        or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B920 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
