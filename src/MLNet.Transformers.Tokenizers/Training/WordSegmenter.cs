using System.Runtime.InteropServices;
using System.Text;

namespace MLNet.Transformers.Tokenizers;

/// <summary>
/// Cuts words into single characters, the first symbols of a vocabulary, marking those inside a word with a prefix and the
/// last of a word with a suffix where such are wanted.
/// </summary>
internal sealed class WordSegmenter(SymbolTable symbols, string continuingSubwordPrefix, string endOfWordSuffix)
{
    private readonly Dictionary<MarkedCharacter, int> _ids = [];

    /// <summary>
    /// Cuts <paramref name="words"/>, leaving out characters that are not yet symbols. The marked characters become symbols in
    /// code point order, prefixed ones before suffixed ones, whatever the order of the words.
    /// </summary>
    public SegmentedWords Segment(ReadOnlySpan<KeyValuePair<string, long>> words)
    {
        SortedSet<MarkedCharacter> marked = [];
        foreach ((string word, _) in words)
        {
            foreach (MarkedCharacter character in Mark(word))
            {
                if (!_ids.ContainsKey(character) && symbols.Contains(character.Value.ToString()))
                {
                    _ids[character] = -1;
                    marked.Add(character);
                }
            }
        }
        foreach (MarkedCharacter character in marked)
        {
            string token = $"{(character.Continues ? continuingSubwordPrefix : "")}{character.Value}{(character.Ends ? endOfWordSuffix : "")}";
            _ids[character] = symbols.Add(token, length: 1);
        }
        return Cut(words);
    }

    private SegmentedWords Cut(ReadOnlySpan<KeyValuePair<string, long>> words)
    {
        SegmentedWords segmented = new();
        List<int> sequence = [];
        foreach ((string word, long frequency) in words)
        {
            sequence.Clear();
            foreach (MarkedCharacter character in Mark(word))
            {
                if (_ids.TryGetValue(character, out int id))
                {
                    sequence.Add(id);
                }
            }
            segmented.Add(CollectionsMarshal.AsSpan(sequence), frequency);
        }
        return segmented;
    }

    private IEnumerable<MarkedCharacter> Mark(string word)
    {
        for (int start = 0; start < word.Length;)
        {
            Rune.DecodeFromUtf16(word.AsSpan(start), out Rune character, out int length);
            bool continues = start > 0 && continuingSubwordPrefix.Length > 0;
            start += length;
            yield return new MarkedCharacter(continues, start == word.Length && endOfWordSuffix.Length > 0, character);
        }
    }

    private readonly record struct MarkedCharacter(bool Continues, bool Ends, Rune Value) : IComparable<MarkedCharacter>
    {
        public int CompareTo(MarkedCharacter other)
        {
            int order = Ends.CompareTo(other.Ends);
            order = order != 0 ? order : Continues.CompareTo(other.Continues);
            return order != 0 ? order : Value.CompareTo(other.Value);
        }
    }
}
