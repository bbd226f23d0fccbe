using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Applies the compiled normalization rules that came with a SentencePiece model (<c>Precompiled</c>).</summary>
/// <remarks>
/// Hugging Face's tokenizers do not look for the longest rule as SentencePiece does, but at the user-perceived characters of
/// the text: one of fewer than six UTF-8 bytes is replaced as a whole by the rule for its shortest beginning, any other one
/// code point by code point. <see cref="MatchesLongest"/> chooses between the two.
/// </remarks>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/normalizers#tokenizers.normalizers.Precompiled"/>
public sealed class PrecompiledNormalizer : TextNormalizer
{
    private const int WholeReplacementLimit = 6;

    private const string MatchesLongestName = "longest_match";

    private readonly byte[] _bytes;
    private readonly PrecompiledCharacterMap _map;

    /// <summary>Takes the rules as <c>precompiled_charsmap</c> holds them, decoded from Base64.</summary>
    /// <exception cref="InvalidDataException">The bytes are no compiled rules.</exception>
    public PrecompiledNormalizer(ReadOnlySpan<byte> characterMap)
    {
        _bytes = characterMap.ToArray();
        _map = new PrecompiledCharacterMap(characterMap);
    }

    /// <summary>Compiles rules of your own, each a string and what replaces it; at each place the longest applies.</summary>
    /// <exception cref="ArgumentException">There is no rule, one replaces an empty string, or one has a NUL.</exception>
    public static PrecompiledNormalizer Compile(IEnumerable<KeyValuePair<string, string>> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return new PrecompiledNormalizer(PrecompiledCharacterMap.Compile(rules)) { MatchesLongest = true };
    }

    /// <summary>
    /// Whether the longest rule applies at each place, as in SentencePiece itself. It is written as a field that other
    /// readers of <c>tokenizer.json</c> pass over.
    /// </summary>
    public bool MatchesLongest { get; init; }

    internal override void Normalize(AlignedText text)
    {
        if (MatchesLongest)
        {
            ReplaceLongest(text);
        }
        else
        {
            ReplaceElements(text);
        }
    }

    private void ReplaceLongest(AlignedText text)
    {
        ReadOnlySpan<char> chars = text.Chars;
        int copied = 0;
        for (int start = 0, length; start < chars.Length; start += length)
        {
            length = 1;
            if (!_map.MayStartRule(chars[start]))
            {
                continue;
            }
            int replaced = _map.ReplaceLongest(chars[start..], out ReadOnlySpan<char> replacement);
            if (replaced == 0)
            {
                Rune.DecodeFromUtf16(chars[start..], out _, out length);
                continue;
            }
            length = replaced;
            if (copied == 0)
            {
                text.BeginRewrite();
            }
            text.Copy(copied, start - copied);
            WriteReplacement(text, start, chars.Slice(start, length), replacement);
            copied = start + length;
        }
        if (copied > 0)
        {
            text.Copy(copied, chars.Length - copied);
            text.EndRewrite();
        }
    }

    private void ReplaceElements(AlignedText text)
    {
        ReadOnlySpan<char> chars = text.Chars;
        int copied = 0;
        for (int start = 0, length; start < chars.Length; start += length)
        {
            ReadOnlySpan<char> rest = chars[start..];
            length = ElementLength(rest);
            if (length == 1 ? !_map.IsReplaced(rest[0]) : !MayChange(rest[..length]))
            {
                continue;
            }
            if (copied == 0)
            {
                text.BeginRewrite();
            }
            text.Copy(copied, start - copied);
            Rewrite(text, start, rest[..length]);
            copied = start + length;
        }
        if (copied > 0)
        {
            text.Copy(copied, chars.Length - copied);
            text.EndRewrite();
        }
    }

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "Precompiled");
        writer.WriteBase64String("precompiled_charsmap", _bytes);
        if (MatchesLongest)
        {
            writer.WriteBoolean(MatchesLongestName, true);
        }
        writer.WriteEndObject();
    }

    internal static PrecompiledNormalizer Read(JsonPart part)
    {
        JsonPart map = part["precompiled_charsmap"];
        try
        {
            return new PrecompiledNormalizer(Convert.FromBase64String(map.AsString()))
            {
                MatchesLongest = part.FindBoolean(MatchesLongestName, otherwise: false),
            };
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException)
        {
            throw map.Error(exception.Message.TrimEnd('.'));
        }
    }

    private static int ElementLength(ReadOnlySpan<char> text) =>
        char.IsAscii(text[0]) && text[0] != '\r' && (text.Length == 1 || char.IsAscii(text[1]))
            ? 1
            : StringInfo.GetNextTextElementLength(text);

    private bool MayChange(ReadOnlySpan<char> element)
    {
        foreach (char unit in element)
        {
            if (_map.MayStartRule(unit))
            {
                return true;
            }
        }
        return false;
    }

    private void Rewrite(AlignedText text, int start, ReadOnlySpan<char> element)
    {
        if (Encoding.UTF8.GetByteCount(element) < WholeReplacementLimit
            && _map.ReplaceShortest(element, out ReadOnlySpan<char> whole) > 0)
        {
            WriteReplacement(text, start, element, whole);
            return;
        }
        for (int position = 0, length; position < element.Length; position += length)
        {
            Rune.DecodeFromUtf16(element[position..], out _, out length);
            ReadOnlySpan<char> character = element.Slice(position, length);
            if (_map.ReplaceShortest(character, out ReadOnlySpan<char> replacement) > 0)
            {
                WriteReplacement(text, start + position, character, replacement);
            }
            else
            {
                text.Copy(start + position, length);
            }
        }
    }

    // A new character stands for the old one at its place, further ones for the last old one.
    private static void WriteReplacement(
        AlignedText text, int start, ReadOnlySpan<char> replaced, ReadOnlySpan<char> replacement)
    {
        int source = 0;
        while (replacement.Length > 0)
        {
            Rune.DecodeFromUtf16(replacement, out _, out int length);
            text.Write(replacement[..length], start + source);
            replacement = replacement[length..];
            Rune.DecodeFromUtf16(replaced[source..], out _, out int sourceLength);
            source = source + sourceLength < replaced.Length ? source + sourceLength : source;
        }
    }
}
