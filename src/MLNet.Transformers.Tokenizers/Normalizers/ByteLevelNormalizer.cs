using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Writes each byte of the text's UTF-8 form as a printable character (<c>ByteLevel</c>).</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/normalizers#tokenizers.normalizers.ByteLevel"/>
public sealed class ByteLevelNormalizer : TextNormalizer
{
    internal override void Normalize(AlignedText text)
    {
        text.BeginRewrite();
        ByteLevelAlphabet.Write(text, 0, text.Length);
        text.EndRewrite();
    }

    internal override void Write(Utf8JsonWriter writer) => writer.WriteTypeOnly("ByteLevel");
}
