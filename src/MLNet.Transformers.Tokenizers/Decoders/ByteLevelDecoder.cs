using System.Buffers;
using System.Text;
using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Turns the characters of a byte-level vocabulary back into bytes, and these into text (<c>ByteLevel</c>).</summary>
/// <remarks>Bytes that are no UTF-8 become U+FFFD. The file's settings do nothing here; they are kept.</remarks>
/// <param name="addsPrefixSpace">What the file says.</param>
/// <param name="trimsOffsets">What the file says.</param>
/// <param name="usesRegex">What the file says.</param>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/decoders#tokenizers.decoders.ByteLevel"/>
public sealed class ByteLevelDecoder(bool addsPrefixSpace = true, bool trimsOffsets = true, bool usesRegex = true) : TokenDecoder
{
    internal static ByteLevelDecoder Read(JsonPart part) => new(
        part["add_prefix_space"].AsBoolean(),
        part["trim_offsets"].AsBoolean(),
        part.FindBoolean("use_regex", otherwise: true));

    internal override List<string> Decode(List<string> tokens)
    {
        var bytes = new ArrayBufferWriter<byte>();
        foreach (string token in tokens)
        {
            Write(token, bytes);
        }

        return [Encoding.UTF8.GetString(bytes.WrittenSpan)];
    }

    internal override void Write(Utf8JsonWriter writer) => ByteLevelJson.Write(writer, addsPrefixSpace, trimsOffsets, usesRegex);

    // A token with any character from outside the alphabet, as added tokens are, stands for itself.
    private static void Write(string token, ArrayBufferWriter<byte> bytes)
    {
        Span<byte> span = bytes.GetSpan(Math.Max(1, Encoding.UTF8.GetMaxByteCount(token.Length)));
        for (int i = 0; i < token.Length; i++)
        {
            int value = ByteLevelAlphabet.ToByte(token[i]);
            if (value < 0)
            {
                bytes.Advance(Encoding.UTF8.GetBytes(token, span));
                return;
            }

            span[i] = (byte)value;
        }

        bytes.Advance(token.Length);
    }
}
