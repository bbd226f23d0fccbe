using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Turns runs of tokens such as <c>&lt;0xE2&gt;</c> into the text whose UTF-8 bytes they are (<c>ByteFallback</c>).</summary>
/// <remarks>A run that is no UTF-8 becomes one U+FFFD for each byte.</remarks>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/decoders"/>
public sealed class ByteFallbackDecoder : TokenDecoder
{
    internal override List<string> Decode(List<string> tokens)
    {
        var parts = new List<string>(tokens.Count);
        var bytes = new List<byte>();
        foreach (string token in tokens)
        {
            if (TryGetByte(token, out byte value))
            {
                bytes.Add(value);
                continue;
            }

            Flush(bytes, parts);
            parts.Add(token);
        }

        Flush(bytes, parts);
        return parts;
    }

    internal override void Write(Utf8JsonWriter writer) => writer.WriteTypeOnly("ByteFallback");

    private static bool TryGetByte(string token, out byte value)
    {
        value = 0;
        return token.Length == 6 && token.StartsWith("<0x", StringComparison.Ordinal) && token[5] == '>'
            && byte.TryParse(token.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private static void Flush(List<byte> bytes, List<string> parts)
    {
        if (bytes.Count == 0)
        {
            return;
        }

        byte[] run = [.. bytes];
        bytes.Clear();
        if (Utf8.IsValid(run))
        {
            parts.Add(Encoding.UTF8.GetString(run));
        }
        else
        {
            parts.AddRange(Enumerable.Repeat("\uFFFD", run.Length));
        }
    }
}
