using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Splits into pieces of so many characters each, the last one shorter (<c>FixedLength</c>).</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/pre-tokenizers"/>
public sealed class FixedLengthPreTokenizer : PieceSplitter
{
    /// <summary>Takes the number of characters.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is not positive.</exception>
    public FixedLengthPreTokenizer(int length = 5)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        Length = length;
    }

    /// <summary>The number of characters, surrogate pairs counted once.</summary>
    public int Length { get; }

    internal static FixedLengthPreTokenizer Read(JsonPart part)
    {
        int length = part.FindInt32("length") ?? 5;
        return length > 0 ? new FixedLengthPreTokenizer(length) : throw part["length"].Error("a positive number is needed here");
    }

    internal override void Split(ReadOnlySpan<char> text, int start, int end, PieceList parts)
    {
        int count = 0, pieceStart = start;
        for (int index = start, length; index < end; index += length)
        {
            if (count == Length)
            {
                parts.Add(pieceStart, index);
                (pieceStart, count) = (index, 0);
            }

            Characters.GetCodePoint(text, index, out length);
            count++;
        }

        parts.Add(pieceStart, end);
    }

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "FixedLength");
        writer.WriteNumber("length", Length);
        writer.WriteEndObject();
    }
}
