using System.Runtime.InteropServices;

namespace MLNet.Transformers.Tokenizers;

/// <summary>
/// How often each pair of neighbouring symbols occurs, and in which words, with the most frequent pair at hand.
/// A queued count that has fallen is put right when it comes up, so nothing is ever searched for in the queue.
/// </summary>
internal sealed class PairCounts(SymbolTable symbols, int maximumLength)
{
    private const int None = -1;

    private readonly Dictionary<SymbolPair, int> _slots = [];
    private readonly List<Slot> _pairs = [];
    private readonly List<int> _changed = [];
    private readonly List<Occurrence> _occurrences = [];
    private readonly PriorityQueue<int, Candidate> _queue = new(MostFrequentFirst.Instance);

    /// <summary>Counts a pair found in <paramref name="word"/>, unless it is too long to become one symbol.</summary>
    public void Add(SymbolPair pair, long frequency, int word)
    {
        if (symbols.Length(pair.Left) + symbols.Length(pair.Right) > maximumLength)
        {
            return;
        }
        ref int slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_slots, pair, out bool known);
        if (!known)
        {
            slot = _pairs.Count;
            _pairs.Add(new Slot { Pair = pair, LastOccurrence = None });
        }
        ref Slot counted = ref CollectionsMarshal.AsSpan(_pairs)[slot];
        counted.Count += frequency;
        if (counted.LastOccurrence == None)
        {
            _changed.Add(slot);
        }
        else if (_occurrences[counted.LastOccurrence].Word == word)
        {
            return;
        }
        _occurrences.Add(new Occurrence(word, counted.LastOccurrence));
        counted.LastOccurrence = _occurrences.Count - 1;
    }

    /// <summary>Uncounts a pair that a merge took apart.</summary>
    public void Remove(SymbolPair pair, long frequency)
    {
        if (_slots.TryGetValue(pair, out int slot))
        {
            CollectionsMarshal.AsSpan(_pairs)[slot].Count -= frequency;
        }
    }

    /// <summary>Makes the pairs added since the last call available to <see cref="TryTakeMostFrequent"/>.</summary>
    public void QueueAdded()
    {
        Span<Slot> pairs = CollectionsMarshal.AsSpan(_pairs);
        foreach (int slot in _changed)
        {
            ref Slot added = ref pairs[slot];
            if (added.Count > 0)
            {
                _queue.Enqueue(added.LastOccurrence, new Candidate(slot, added.Pair, added.Count));
            }
            added.LastOccurrence = None;
        }
        _changed.Clear();
    }

    /// <summary>
    /// Takes the most frequent pair, of equals the one with the lowest ids, and fills <paramref name="words"/> with those it
    /// was added for; <see langword="false"/> when no pair is left.
    /// </summary>
    /// <remarks>
    /// Its count stays: should merges bring the pair about again, it ranks by all its occurrences, as in the reference
    /// implementation.
    /// </remarks>
    public bool TryTakeMostFrequent(List<int> words, out SymbolPair pair, out long frequency)
    {
        while (_queue.TryDequeue(out int occurrence, out Candidate candidate))
        {
            long count = _pairs[candidate.Slot].Count;
            if (count != candidate.Count)
            {
                _queue.Enqueue(occurrence, candidate with { Count = count });
                continue;
            }
            words.Clear();
            for (; occurrence != None; occurrence = _occurrences[occurrence].Previous)
            {
                words.Add(_occurrences[occurrence].Word);
            }
            (pair, frequency) = (candidate.Pair, count);
            return true;
        }
        (pair, frequency) = (default, 0);
        return false;
    }

    private record struct Slot(SymbolPair Pair, long Count, int LastOccurrence);

    private readonly record struct Occurrence(int Word, int Previous);

    private readonly record struct Candidate(int Slot, SymbolPair Pair, long Count);

    private sealed class MostFrequentFirst : IComparer<Candidate>
    {
        public static readonly MostFrequentFirst Instance = new();

        public int Compare(Candidate left, Candidate right) =>
            left.Count != right.Count ? right.Count.CompareTo(left.Count) : left.Pair.CompareTo(right.Pair);
    }
}
