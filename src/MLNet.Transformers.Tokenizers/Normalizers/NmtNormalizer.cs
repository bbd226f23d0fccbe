using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Removes control characters and turns unusual spaces into plain ones, as translation models expect (<c>Nmt</c>).</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/normalizers#tokenizers.normalizers.Nmt"/>
public sealed class NmtNormalizer : TextNormalizer
{
    internal override void Normalize(AlignedText text)
    {
        text.RemoveAll(static codePoint => codePoint is (>= 0x01 and <= 0x08) or 0x0B or (>= 0x0E and <= 0x1F) or 0x7F or 0x8F or 0x9F);
        foreach (ref char value in text.MutableChars)
        {
            if (value is '\t' or '\n' or '\f' or '\r' or '\u1680' or (>= '\u200B' and <= '\u200F') or '\u2028' or '\u2029' or '\u2581' or '\uFEFF' or '\uFFFD')
            {
                value = ' ';
            }
        }
    }

    internal override void Write(Utf8JsonWriter writer) => writer.WriteTypeOnly("Nmt");
}
