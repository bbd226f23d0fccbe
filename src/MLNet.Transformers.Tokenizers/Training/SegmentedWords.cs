using System.Runtime.InteropServices;

namespace MLNet.Transformers.Tokenizers;

/// <summary>The distinct words of a corpus as sequences of symbols, which get shorter as pairs of symbols are merged.</summary>
internal sealed class SegmentedWords
{
    private readonly List<int> _symbols = [];
    private readonly List<int> _starts = [];
    private readonly List<int> _lengths = [];
    private readonly List<long> _frequencies = [];

    public int Count => _starts.Count;

    public long Frequency(int word) => _frequencies[word];

    public ReadOnlySpan<int> Symbols(int word) => Writable(word);

    public void Add(ReadOnlySpan<int> symbols, long frequency)
    {
        _starts.Add(_symbols.Count);
        _lengths.Add(symbols.Length);
        _frequencies.Add(frequency);
        _symbols.AddRange(symbols);
    }

    /// <summary>
    /// Replaces every occurrence of <paramref name="pair"/> in <paramref name="word"/> by <paramref name="merged"/> and tells
    /// <paramref name="pairs"/> which neighbouring pairs went and which came.
    /// </summary>
    public void Merge(int word, SymbolPair pair, int merged, PairCounts pairs)
    {
        Span<int> symbols = Writable(word);
        long frequency = _frequencies[word];
        int kept = 0;
        for (int next = 0; next < symbols.Length; next++, kept++)
        {
            if (symbols[next] != pair.Left || next + 1 == symbols.Length || symbols[next + 1] != pair.Right)
            {
                symbols[kept] = symbols[next];
                continue;
            }
            if (kept > 0)
            {
                pairs.Remove(new(symbols[kept - 1], pair.Left), frequency);
                pairs.Add(new(symbols[kept - 1], merged), frequency, word);
            }
            symbols[kept] = merged;
            next++;
            if (next + 1 < symbols.Length)
            {
                pairs.Remove(new(pair.Right, symbols[next + 1]), frequency);
                pairs.Add(new(merged, symbols[next + 1]), frequency, word);
            }
        }
        _lengths[word] = kept;
    }

    private Span<int> Writable(int word) => CollectionsMarshal.AsSpan(_symbols).Slice(_starts[word], _lengths[word]);
}
