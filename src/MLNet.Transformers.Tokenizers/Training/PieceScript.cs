using System.Text;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Tells pieces of one script from pieces that mix several.</summary>
/// <seealso href="https://www.unicode.org/reports/tr24/"/>
internal static class PieceScript
{
    private const int VisibleSpace = 0x2581;
    private const int ProlongedSoundMark = 0x30FC;

    private static readonly int s_inherited = UnicodeScripts.Find("Inherited");
    private static readonly int s_han = UnicodeScripts.Find("Han");
    private static readonly int[] s_japanese = [UnicodeScripts.Find("Hiragana"), UnicodeScripts.Find("Katakana")];

    /// <summary>
    /// Whether all characters of <paramref name="piece"/> are of one script. Digits and punctuation are of the script Common,
    /// the Japanese scripts count as one, and <c>▁</c> goes with any.
    /// </summary>
    public static bool IsSingle(string piece)
    {
        int? single = null;
        foreach (Rune character in piece.EnumerateRunes())
        {
            int script = GetScript(character.Value);
            if (character.Value == VisibleSpace || script == s_inherited)
            {
                continue;
            }
            single ??= script;
            if (script != single)
            {
                return false;
            }
        }
        return true;
    }

    private static int GetScript(int codePoint)
    {
        int script = UnicodeScripts.Get(codePoint);
        return codePoint == ProlongedSoundMark || s_japanese.Contains(script) ? s_han : script;
    }
}
