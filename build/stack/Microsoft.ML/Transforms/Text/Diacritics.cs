using System.Globalization;
using System.Text;

namespace Microsoft.ML.Transforms.Text;

/// <summary>Takes the marks off Latin, Greek and Cyrillic letters, and finds the marks that stand alone.</summary>
internal static class Diacritics
{
    private const char FirstMarked = '\u00C0';
    private const int LetterLimit = 0x0500;

    private static readonly char[] BaseLetters =
        [.. Enumerable.Range(FirstMarked, LetterLimit - FirstMarked).Select(code => BaseLetter((char)code))];

    public static char Remove(char letter) =>
        letter is >= FirstMarked and < (char)LetterLimit ? BaseLetters[letter - FirstMarked] : letter;

    /// <summary>Whether the character is a mark that combines with the letter before it: Latin, Hebrew or Arabic.</summary>
    public static bool IsCombining(char mark) => mark is
        (>= '\u0300' and <= '\u036F')
        or (>= '\u0591' and <= '\u05BD') or '\u05C1' or '\u05C2' or '\u05C4' or '\u05C5' or '\u05C7'
        or (>= '\u0610' and <= '\u0615') or (>= '\u064C' and <= '\u065E') or '\u0670';

    private static char BaseLetter(char letter)
    {
        var parts = letter.ToString().Normalize(NormalizationForm.FormD);
        var isMarked = parts.Length > 1 && char.IsLetter(parts[0])
            && parts.Skip(1).All(part => char.GetUnicodeCategory(part) == UnicodeCategory.NonSpacingMark);
        return isMarked ? parts[0] : letter;
    }
}
