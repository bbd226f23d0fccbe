using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Splits at white space, which goes away, and at every punctuation character, which stays on its own (<c>BertPreTokenizer</c>).</summary>
/// <seealso href="https://github.com/google-research/bert#tokenization"/>
public sealed class BertPreTokenizer : PieceSplitter
{
    internal override void Split(ReadOnlySpan<char> text, int start, int end, PieceList parts)
    {
        int wordStart = start;
        for (int index = start, length; index < end; index += length)
        {
            CharacterKind kind = Characters.GetKind(text, index, out length);
            if ((kind & (CharacterKind.WhiteSpace | CharacterKind.Punctuation)) == 0)
            {
                continue;
            }

            parts.Add(wordStart, index);
            wordStart = index + length;
            if ((kind & CharacterKind.WhiteSpace) == 0)
            {
                parts.Add(index, wordStart);
            }
        }

        parts.Add(wordStart, end);
    }

    internal override void Write(Utf8JsonWriter writer) => writer.WriteTypeOnly("BertPreTokenizer");
}
