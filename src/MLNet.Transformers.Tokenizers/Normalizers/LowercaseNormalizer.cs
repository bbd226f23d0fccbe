using System.Buffers;
using System.Text;
using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Brings the text to lower case, the same in every culture (<c>Lowercase</c>).</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/normalizers#tokenizers.normalizers.Lowercase"/>
public sealed class LowercaseNormalizer : TextNormalizer
{
    /// <summary>The only character whose lower case is two characters.</summary>
    internal const char DottedCapitalI = '\u0130';

    internal const string DottedSmallI = "i\u0307";

    internal override void Normalize(AlignedText text)
    {
        if (text.Chars.Contains(DottedCapitalI))
        {
            SplitDottedCapitalI(text);
        }

        Span<char> chars = text.MutableChars;
        if (Ascii.ToLowerInPlace(chars, out int done) == OperationStatus.Done)
        {
            return;
        }

        for (int index = done, length; index < chars.Length; index += length)
        {
            int codePoint = Characters.GetCodePoint(chars, index, out length);
            int lower = Characters.ToLower(codePoint);
            if (lower != codePoint)
            {
                new Rune(lower).EncodeToUtf16(chars[index..]);
            }
        }
    }

    internal override void Write(Utf8JsonWriter writer) => writer.WriteTypeOnly("Lowercase");

    private static void SplitDottedCapitalI(AlignedText text)
    {
        text.BeginRewrite();
        for (int index = 0; index < text.Length; index++)
        {
            if (text.Chars[index] == DottedCapitalI)
            {
                text.Write(DottedSmallI, index);
            }
            else
            {
                text.Copy(index, 1);
            }
        }

        text.EndRewrite();
    }
}
