using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Splits as GPT-2 does and writes each byte of the UTF-8 form as a printable character (<c>ByteLevel</c>).</summary>
/// <param name="addsPrefixSpace">Whether a text that does not begin with a space gets one.</param>
/// <param name="trimsOffsets">What the file says; the post-processor of the same name acts on it, this part only keeps it.</param>
/// <param name="splits">Whether the text is split at all, and not by another pre-tokenizer.</param>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/pre-tokenizers#tokenizers.pre_tokenizers.ByteLevel"/>
public sealed class ByteLevelPreTokenizer(bool addsPrefixSpace = true, bool trimsOffsets = true, bool splits = true) : TextPreTokenizer
{
    private static readonly TextPattern s_words = TextPattern.Regex(WordPatterns.Gpt2);

    /// <summary>Whether a text that does not begin with a space gets one.</summary>
    public bool AddsPrefixSpace { get; } = addsPrefixSpace;

    /// <summary>What the file says; only the post-processor of the same name acts on it.</summary>
    public bool TrimsOffsets { get; } = trimsOffsets;

    /// <summary>Whether the text is split.</summary>
    public bool Splits { get; } = splits;

    internal override bool EndsInBytes => true;

    internal static ByteLevelPreTokenizer Read(JsonPart part) => new(
        part["add_prefix_space"].AsBoolean(),
        part["trim_offsets"].AsBoolean(),
        part.FindBoolean("use_regex", otherwise: true));

    internal override void PreTokenizeBeforeBytes(PreTokenizedText text)
    {
        if (AddsPrefixSpace)
        {
            text.PrependToPieces(" ", static (text, start) => text.Text.Chars[start] != ' ');
        }

        if (!Splits)
        {
            return;
        }

        PieceList words = text.BeginPieces();
        foreach ((int start, int end) in text.Pieces)
        {
            var collector = new PieceCollector(DelimiterBehavior.Isolated, words);
            s_words.Split(text.Text.Chars, start, end, ref collector);
        }

        text.EndPieces();
    }

    internal override void PreTokenize(PreTokenizedText text)
    {
        PreTokenizeBeforeBytes(text);
        PieceList pieces = text.BeginPieces();
        text.Text.BeginRewrite();
        foreach ((int start, int end) in text.Pieces)
        {
            int newStart = text.Text.WrittenLength;
            ByteLevelAlphabet.Write(text.Text, start, end);
            pieces.Add(newStart, text.Text.WrittenLength);
        }

        text.Text.EndRewrite();
        text.EndPieces();
    }

    internal override void Write(Utf8JsonWriter writer) => ByteLevelJson.Write(writer, AddsPrefixSpace, TrimsOffsets, Splits);
}
