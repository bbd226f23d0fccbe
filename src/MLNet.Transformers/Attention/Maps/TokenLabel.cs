using System.Globalization;
using System.Text;

namespace MLNet.Transformers;

/// <summary>A token's text as it can be shown anywhere: nothing in it is invisible, or turns the text around it.</summary>
internal static class TokenLabel
{
    public static string Of(string token)
    {
        if (token.Length == 0)
            return "∅";
        var label = new StringBuilder(token.Length);
        foreach (var rune in token.EnumerateRunes())
            Append(label, rune);
        return label.ToString();
    }

    private static void Append(StringBuilder label, Rune rune)
    {
        switch (rune.Value)
        {
            case '\n': label.Append('⏎'); break;
            case '\t': label.Append('⇥'); break;
            case ' ': label.Append('␣'); break;
            // Zero-width joiners belong to the spelling of many scripts.
            case 0x200C or 0x200D: label.Append((char)rune.Value); break;
            default:
                if (IsUnseen(rune))
                    label.Append(CultureInfo.InvariantCulture, $"‹U+{rune.Value:X4}›");
                else
                    label.Append(rune.ToString());
                break;
        }
    }

    /// <summary>Control and format characters, those that turn the direction of text among them, odd spaces, and what is no character.</summary>
    private static bool IsUnseen(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
