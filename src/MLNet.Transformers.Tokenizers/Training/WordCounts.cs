using System.Runtime.InteropServices;

namespace MLNet.Transformers.Tokenizers;

/// <summary>How often each distinct word of a corpus occurs.</summary>
internal sealed class WordCounts
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _countsBySpan;

    public WordCounts() => _countsBySpan = _counts.GetAlternateLookup<ReadOnlySpan<char>>();

    public int Count => _counts.Count;

    /// <summary>Counts occurrences of <paramref name="word"/>, unless it is empty; only a word not seen before is copied.</summary>
    public void Add(ReadOnlySpan<char> word, long occurrences = 1)
    {
        if (!word.IsEmpty)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_countsBySpan, word, out _) += occurrences;
        }
    }

    /// <summary>The words in code point order, so that what is learned depends on the corpus and not on the order of its lines.</summary>
    public KeyValuePair<string, long>[] InOrder()
    {
        var words = _counts.ToArray();
        Array.Sort(words, static (left, right) => CodePointOrder.Compare(left.Key, right.Key));
        return words;
    }
}
