namespace MLNet.Transformers.Tokenizers;

/// <summary>A word on its way from characters to tokens: symbols that merge where their merge has the lowest rank.</summary>
internal sealed class MergeWord
{
    // Up to here a look through all symbols for each merge is faster than a heap.
    private const int ShortLength = 48;

    private readonly PriorityQueue<Candidate, (int Rank, int Position)> _queue = new();
    private readonly List<(Candidate, (int, int))> _dropped = [];
    private Symbol[] _symbols = new Symbol[ShortLength];

    /// <summary>The number of symbols.</summary>
    public int Count { get; private set; }

    public void Clear() => Count = 0;

    public void Add(int id, int start, int end)
    {
        if (Count == _symbols.Length)
        {
            Array.Resize(ref _symbols, Count * 2);
        }

        _symbols[Count++] = new Symbol { Id = id, Start = start, End = end };
    }

    /// <summary>The last symbol grows to <paramref name="end"/>.</summary>
    public void Extend(int end) => _symbols[Count - 1].End = end;

    /// <summary>Merges until nothing merges.</summary>
    public void Merge(MergeTable merges)
    {
        if (Count <= ShortLength)
        {
            MergeShort(merges);
        }
        else
        {
            MergeLong(merges, dropout: 0);
        }
    }

    /// <summary>Merges, leaving each merge out with a probability until something else has merged.</summary>
    public void Merge(MergeTable merges, float dropout) => MergeLong(merges, dropout);

    /// <summary>Appends what is left.</summary>
    public void CopyTo(TokenList tokens)
    {
        foreach (ref readonly Symbol symbol in _symbols.AsSpan(0, Count))
        {
            tokens.Add(symbol.Id, symbol.Start, symbol.End);
        }
    }

    private void MergeShort(MergeTable merges)
    {
        Span<Symbol> symbols = _symbols.AsSpan(0, Count);
        for (int i = 0; i < symbols.Length - 1; i++)
        {
            symbols[i].Rank = merges.Find(symbols[i].Id, symbols[i + 1].Id, out symbols[i].Result);
        }

        while (symbols.Length > 1)
        {
            int best = 0;
            for (int i = 1; i < symbols.Length - 1; i++)
            {
                best = symbols[i].Rank < symbols[best].Rank ? i : best;
            }

            if (symbols[best].Rank == MergeTable.NoRank)
            {
                break;
            }

            symbols[best].Id = symbols[best].Result;
            symbols[best].End = symbols[best + 1].End;
            symbols[(best + 2)..].CopyTo(symbols[(best + 1)..]);
            symbols = symbols[..^1];
            if (best > 0)
            {
                symbols[best - 1].Rank = merges.Find(symbols[best - 1].Id, symbols[best].Id, out symbols[best - 1].Result);
            }

            if (best < symbols.Length - 1)
            {
                symbols[best].Rank = merges.Find(symbols[best].Id, symbols[best + 1].Id, out symbols[best].Result);
            }
        }

        Count = symbols.Length;
    }

    private void MergeLong(MergeTable merges, float dropout)
    {
        Span<Symbol> symbols = _symbols.AsSpan(0, Count);
        for (int i = 0; i < symbols.Length; i++)
        {
            symbols[i].Previous = i - 1;
            symbols[i].Next = i + 1 < symbols.Length ? i + 1 : -1;
        }

        for (int i = 0; i < symbols.Length - 1; i++)
        {
            Enqueue(merges, symbols, i);
        }

        while (_queue.TryDequeue(out Candidate candidate, out (int Rank, int Position) order))
        {
            if (dropout > 0 && Random.Shared.NextSingle() < dropout)
            {
                _dropped.Add((candidate, order));
                continue;
            }

            if (_dropped.Count > 0)
            {
                _queue.EnqueueRange(_dropped);
                _dropped.Clear();
            }

            ref Symbol first = ref symbols[order.Position];

            // A symbol that merged since is another one now, or none.
            if (first.Id != candidate.First || first.Next < 0 || symbols[first.Next].Id != candidate.Second)
            {
                continue;
            }

            ref Symbol second = ref symbols[first.Next];
            first.Id = candidate.Result;
            first.End = second.End;
            first.Next = second.Next;
            second.Id = -1;
            if (first.Next >= 0)
            {
                symbols[first.Next].Previous = order.Position;
                Enqueue(merges, symbols, order.Position);
            }

            if (first.Previous >= 0)
            {
                Enqueue(merges, symbols, first.Previous);
            }
        }

        _dropped.Clear();
        Compact(symbols);
    }

    private void Enqueue(MergeTable merges, Span<Symbol> symbols, int position)
    {
        int first = symbols[position].Id, second = symbols[symbols[position].Next].Id;
        int rank = merges.Find(first, second, out int result);
        if (rank != MergeTable.NoRank)
        {
            _queue.Enqueue(new Candidate(first, second, result), (rank, position));
        }
    }

    private void Compact(Span<Symbol> symbols)
    {
        int count = 0;
        for (int i = 0; i < symbols.Length; i++)
        {
            if (symbols[i].Id >= 0)
            {
                symbols[count++] = symbols[i];
            }
        }

        Count = count;
    }

    private struct Symbol
    {
        public int Id, Start, End;

        // Of the merge with the next symbol, for short words.
        public int Rank, Result;

        // Neighbours, for long words.
        public int Previous, Next;
    }

    private readonly record struct Candidate(int First, int Second, int Result);
}
