namespace MLNet.Transformers.Tokenizers;

/// <summary>
/// Learns byte-pair merges: the most frequent pair of neighbouring symbols becomes a symbol, until the vocabulary is full
/// or no pair is frequent enough. Follows <see href="https://aclanthology.org/P16-1162/">Sennrich et al., 2016</see>.
/// </summary>
internal sealed class MergeLearner(SymbolTable symbols, SegmentedWords words)
{
    public required int VocabularySize { get; init; }

    public required long MinimumFrequency { get; init; }

    public required int MaximumPieceLength { get; init; }

    /// <summary>The prefix of a token inside a word, dropped from the right half of a merge.</summary>
    public required string ContinuingSubwordPrefix { get; init; }

    /// <summary>Merges pairs, adding each new token to the symbols, and returns the pairs in the order they were merged.</summary>
    public List<SymbolPair> Learn(TrainingRun run)
    {
        PairCounts pairs = CountPairs(run);
        List<SymbolPair> merges = [];
        List<int> affected = [];
        while (symbols.Count < VocabularySize
            && pairs.TryTakeMostFrequent(affected, out SymbolPair pair, out long frequency)
            && frequency >= Math.Max(1, MinimumFrequency))
        {
            int merged = symbols.Add(Join(pair), symbols.Length(pair.Left) + symbols.Length(pair.Right));
            merges.Add(pair);
            foreach (int word in affected)
            {
                words.Merge(word, pair, merged, pairs);
            }
            pairs.QueueAdded();
            run.Report(TokenizerTrainingStage.LearningMerges, symbols.Count, VocabularySize);
        }
        // A pair that came about anew after its merge is merged again, and ranks by the last time.
        return [.. merges.AsEnumerable().Reverse().Distinct().Reverse()];
    }

    private PairCounts CountPairs(TrainingRun run)
    {
        PairCounts pairs = new(symbols, MaximumPieceLength);
        for (int word = 0; word < words.Count; word++)
        {
            ReadOnlySpan<int> sequence = words.Symbols(word);
            for (int next = 1; next < sequence.Length; next++)
            {
                pairs.Add(new(sequence[next - 1], sequence[next]), words.Frequency(word), word);
            }
            run.Report(TokenizerTrainingStage.CountingPairs, word + 1, words.Count);
        }
        pairs.QueueAdded();
        return pairs;
    }

    private string Join(SymbolPair pair)
    {
        ReadOnlySpan<char> right = symbols.Token(pair.Right);
        if (right.StartsWith(ContinuingSubwordPrefix, StringComparison.Ordinal))
        {
            right = right[ContinuingSubwordPrefix.Length..];
        }
        return string.Concat(symbols.Token(pair.Left), right);
    }
}
