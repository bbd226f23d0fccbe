using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Takes runs of word characters, and runs of what is neither that nor white space, as pieces (<c>Whitespace</c>).</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/pre-tokenizers#tokenizers.pre_tokenizers.Whitespace"/>
public sealed class WhitespacePreTokenizer : PieceSplitter
{
    internal override void Split(ReadOnlySpan<char> text, int start, int end, PieceList parts)
    {
        const CharacterKind Compared = CharacterKind.Word | CharacterKind.WhiteSpace;
        int pieceStart = start;
        CharacterKind pieceKind = CharacterKind.WhiteSpace;
        for (int index = start, length; index < end; index += length)
        {
            CharacterKind kind = Characters.GetKind(text, index, out length) & Compared;
            if (kind == pieceKind)
            {
                continue;
            }

            if (pieceKind != CharacterKind.WhiteSpace)
            {
                parts.Add(pieceStart, index);
            }

            (pieceStart, pieceKind) = (index, kind);
        }

        if (pieceKind != CharacterKind.WhiteSpace)
        {
            parts.Add(pieceStart, end);
        }
    }

    internal override void Write(Utf8JsonWriter writer) => writer.WriteTypeOnly("Whitespace");
}
