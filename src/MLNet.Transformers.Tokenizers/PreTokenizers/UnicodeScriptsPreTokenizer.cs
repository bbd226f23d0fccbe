using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Splits where the script changes, the Japanese ones counting as one (<c>UnicodeScripts</c>).</summary>
/// <remarks>Spaces go with what is before them; those that begin a text go away.</remarks>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/pre-tokenizers#tokenizers.pre_tokenizers.UnicodeScripts"/>
public sealed class UnicodeScriptsPreTokenizer : PieceSplitter
{
    private const int ProlongedSoundMark = 0x30FC;

    private static readonly int s_han = UnicodeScripts.Find("Han");
    private static readonly int s_hiragana = UnicodeScripts.Find("Hiragana");
    private static readonly int s_katakana = UnicodeScripts.Find("Katakana");

    internal override void Split(ReadOnlySpan<char> text, int start, int end, PieceList parts)
    {
        int pieceStart = -1, pieceScript = UnicodeScripts.None;
        for (int index = start, length; index < end; index += length)
        {
            int script = GetScript(Characters.GetCodePoint(text, index, out length));
            if (script == UnicodeScripts.None || script == pieceScript)
            {
                continue;
            }

            if (pieceStart >= 0)
            {
                parts.Add(pieceStart, index);
            }

            (pieceStart, pieceScript) = (index, script);
        }

        if (pieceStart >= 0)
        {
            parts.Add(pieceStart, end);
        }
    }

    internal override void Write(Utf8JsonWriter writer) => writer.WriteTypeOnly("UnicodeScripts");

    private static int GetScript(int codePoint)
    {
        if (codePoint == ' ')
        {
            return UnicodeScripts.None;
        }

        int script = codePoint == ProlongedSoundMark ? s_han : UnicodeScripts.Get(codePoint);
        return script == s_hiragana || script == s_katakana ? s_han : script;
    }
}
