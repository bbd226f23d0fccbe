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

    internal override void Normalize(AlignedText text)
    {
        ReadOnlySpan<char> chars = text.Chars;
        int copied = 0;
        for (int start = 0, length; start < chars.Length; start += length)
        {
            ReadOnlySpan<char> rest = chars[start..];
            length = MatchesLongest ? ReplaceableLength(rest) : ElementLength(rest);
            if (!MayChange(rest[..length]))
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

    /// <summary>How much the longest rule replaces; where none applies, one character.</summary>
    private int ReplaceableLength(ReadOnlySpan<char> text)
    {
        int length = _map.MayStartRule(text[0]) ? _map.ReplaceLongest(text, out _) : 0;
        if (length == 0)
        {
            Rune.DecodeFromUtf16(text, out _, out length);
        }
        return length;
    }

    /// <summary>The length of a user-perceived character.</summary>
    private static int ElementLength(ReadOnlySpan<char> text) =>
        char.IsAscii(text[0]) && text[0] != '\r' && (text.Length == 1 || char.IsAscii(text[1]))
            ? 1
            : StringInfo.GetNextTextElementLength(text);

    private bool MayChange(ReadOnlySpan<char> part)
    {
        if (part.Length == 1)
        {
            return _map.IsReplaced(part[0]);
        }
        foreach (char unit in part)
        {
            if (_map.MayStartRule(unit))
            {
                return true;
            }
        }
        return false;
    }

    private void Rewrite(AlignedText text, int start, ReadOnlySpan<char> part)
    {
        if (TryReplaceWhole(part, out ReadOnlySpan<char> whole))
        {
            WriteReplacement(text, start, part, whole);
            return;
        }
        for (int position = 0, length; position < part.Length; position += length)
        {
            Rune.DecodeFromUtf16(part[position..], out _, out length);
            ReadOnlySpan<char> character = part.Slice(position, length);
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

    private bool TryReplaceWhole(ReadOnlySpan<char> part, out ReadOnlySpan<char> replacement)
    {
        replacement = default;
        return MatchesLongest
            ? _map.ReplaceLongest(part, out replacement) > 0
            : Encoding.UTF8.GetByteCount(part) < WholeReplacementLimit && _map.ReplaceShortest(part, out replacement) > 0;
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
