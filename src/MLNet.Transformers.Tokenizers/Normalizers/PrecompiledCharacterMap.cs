using System.Buffers.Binary;
using System.Text;

namespace MLNet.Transformers.Tokenizers;

/// <summary>
/// SentencePiece's compiled normalization rules: the length of a trie in bytes, the trie over the UTF-8 of what is replaced,
/// and the replacements, each ended by a 0, whose places are the numbers in the trie.
/// </summary>
/// <seealso href="https://github.com/google/sentencepiece/blob/master/doc/normalization.md"/>
internal sealed class PrecompiledCharacterMap
{
    private readonly PrecompiledTrie _trie;
    private readonly char[] _replacements;
    private readonly int[] _replacementStarts;
    private readonly bool[] _startsRule = new bool[char.MaxValue + 1];
    private readonly bool[] _isReplaced = new bool[char.MaxValue + 1];

    /// <summary>Reads compiled rules.</summary>
    /// <exception cref="InvalidDataException">The bytes are no compiled rules.</exception>
    public PrecompiledCharacterMap(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < sizeof(uint))
        {
            throw new InvalidDataException("The compiled normalization rules are cut short.");
        }
        uint trieLength = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        ReadOnlySpan<byte> body = bytes[sizeof(uint)..];
        if (trieLength > body.Length || trieLength < sizeof(uint))
        {
            throw new InvalidDataException(
                $"The compiled normalization rules name a trie of {trieLength} bytes, of which {body.Length} are there.");
        }
        _trie = new PrecompiledTrie(body[..(int)trieLength]);
        (_replacements, _replacementStarts) = DecodeReplacements(body[(int)trieLength..]);
        FindRuleStarts();
    }

    /// <summary>Compiles rules that replace one string by another; of those for equal strings the last counts.</summary>
    /// <exception cref="ArgumentException">A string to replace is empty or contains a NUL, or there are too many rules.</exception>
    public static byte[] Compile(IEnumerable<KeyValuePair<string, string>> rules)
    {
        SortedDictionary<string, string> sorted = new(CodePointOrder.Comparer);
        foreach ((string replaced, string replacement) in rules)
        {
            if (replaced.Length == 0 || replaced.Contains('\0') || replacement.Contains('\0'))
            {
                throw new ArgumentException($"There is no rule to replace '{replaced}' by '{replacement}': neither may have a NUL, nor the first be empty.", nameof(rules));
            }
            sorted[replaced] = replacement;
        }
        if (sorted.Count == 0)
        {
            throw new ArgumentException("There is no normalization rule to compile.", nameof(rules));
        }
        List<byte> replacements = [];
        Dictionary<string, int> starts = new(StringComparer.Ordinal);
        foreach (string replacement in sorted.Values)
        {
            if (starts.TryAdd(replacement, replacements.Count))
            {
                replacements.AddRange([.. Encoding.UTF8.GetBytes(replacement), 0]);
            }
        }
        (byte[], int)[] keys = [.. sorted.Select(rule => (Encoding.UTF8.GetBytes(rule.Key), starts[rule.Value]))];
        byte[] trie = new PrecompiledTrieBuilder(keys).Build();
        byte[] length = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)trie.Length);
        return [.. length, .. trie, .. replacements];
    }

    /// <summary>Whether a rule may apply to a text that starts with <paramref name="unit"/>.</summary>
    public bool MayStartRule(char unit) => _startsRule[unit];

    /// <summary>Whether there is a rule for <paramref name="unit"/> alone.</summary>
    public bool IsReplaced(char unit) => _isReplaced[unit];

    /// <summary>Applies the rule for the longest beginning of <paramref name="text"/> that has one.</summary>
    /// <returns>How many UTF-16 units are replaced; 0 if no rule applies.</returns>
    public int ReplaceLongest(ReadOnlySpan<char> text, out ReadOnlySpan<char> replacement) =>
        Replace(text, stopsAtFirst: false, out replacement);

    /// <summary>Applies the rule for the shortest beginning of <paramref name="text"/> that has one.</summary>
    /// <returns>How many UTF-16 units are replaced; 0 if no rule applies.</returns>
    public int ReplaceShortest(ReadOnlySpan<char> text, out ReadOnlySpan<char> replacement) =>
        Replace(text, stopsAtFirst: true, out replacement);

    private int Replace(ReadOnlySpan<char> text, bool stopsAtFirst, out ReadOnlySpan<char> replacement)
    {
        int replaced = 0;
        int rule = -1;
        uint node = _trie.Root;
        for (int position = 0; position < text.Length;)
        {
            Rune.DecodeFromUtf16(text[position..], out Rune character, out int length);
            if (!TryStep(_trie, ref node, character, out int value))
            {
                break;
            }
            position += length;
            if (value >= 0)
            {
                (replaced, rule) = (position, value);
                if (stopsAtFirst)
                {
                    break;
                }
            }
        }
        bool applies = (uint)rule < (uint)_replacementStarts.Length;
        replacement = applies ? ReplacementAt(_replacementStarts[rule]) : default;
        return applies ? replaced : 0;
    }

    private ReadOnlySpan<char> ReplacementAt(int start)
    {
        ReadOnlySpan<char> rest = _replacements.AsSpan(start);
        return rest[..rest.IndexOf('\0')];
    }

    private static bool TryStep(PrecompiledTrie trie, ref uint node, Rune character, out int value)
    {
        Span<byte> utf8 = stackalloc byte[4];
        value = -1;
        foreach (byte label in utf8[..character.EncodeToUtf8(utf8)])
        {
            if (!trie.TryStep(ref node, label, out value))
            {
                return false;
            }
        }
        return true;
    }

    private void FindRuleStarts()
    {
        for (int unit = 1; unit <= char.MaxValue; unit++)
        {
            if (char.IsSurrogate((char)unit))
            {
                // Half a pair does not tell the character, so any may be meant.
                _startsRule[unit] = true;
                continue;
            }
            uint node = _trie.Root;
            _startsRule[unit] = TryStep(_trie, ref node, new Rune((char)unit), out int rule);
            _isReplaced[unit] = (uint)rule < (uint)_replacementStarts.Length;
        }
    }

    private static (char[] Replacements, int[] Starts) DecodeReplacements(ReadOnlySpan<byte> bytes)
    {
        char[] decoded = new char[bytes.Length + 1];
        int[] starts = new int[bytes.Length];
        int length = 0;
        for (int position = 0; position < bytes.Length;)
        {
            Rune.DecodeFromUtf8(bytes[position..], out Rune character, out int byteCount);
            starts.AsSpan(position, byteCount).Fill(length);
            length += character.EncodeToUtf16(decoded.AsSpan(length));
            position += byteCount;
        }
        Array.Resize(ref decoded, length + 1);
        return (decoded, starts);
    }
}
