using System.Text;
using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Splits at one character, which goes away (<c>CharDelimiterSplit</c>).</summary>
/// <param name="delimiter">The character.</param>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/pre-tokenizers#tokenizers.pre_tokenizers.CharDelimiterSplit"/>
public sealed class DelimiterPreTokenizer(Rune delimiter) : PieceSplitter
{
    /// <summary>The character.</summary>
    public Rune Delimiter { get; } = delimiter;

    internal static DelimiterPreTokenizer Read(JsonPart part) => new(part["delimiter"].AsCharacter());

    internal override void Split(ReadOnlySpan<char> text, int start, int end, PieceList parts)
    {
        Span<char> utf16 = stackalloc char[2];
        ReadOnlySpan<char> delimiter = utf16[..Delimiter.EncodeToUtf16(utf16)];
        while (text[start..end].IndexOf(delimiter) is var length and >= 0)
        {
            parts.Add(start, start + length);
            start += length + delimiter.Length;
        }

        parts.Add(start, end);
    }

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "CharDelimiterSplit");
        writer.WriteString("delimiter", Delimiter.ToString());
        writer.WriteEndObject();
    }
}
