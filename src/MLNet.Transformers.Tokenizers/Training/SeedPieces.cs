namespace MLNet.Transformers.Tokenizers;

/// <summary>
/// The substrings that a Unigram vocabulary is chosen from: those that occur more than once and can go on in more than one
/// way, which are the inner nodes of the suffix tree of the words.
/// </summary>
/// <seealso href="https://aclanthology.org/P18-1007/"/>
internal static class SeedPieces
{
    /// <summary>
    /// All single characters, and the <paramref name="limit"/> longer substrings that cover most characters of the corpus.
    /// </summary>
    public static List<SeedPiece> Find(
        KeyValuePair<string, long>[] words,
        int maximumLength,
        int limit,
        Func<string, bool> isAllowed,
        CancellationToken cancellationToken)
    {
        SuffixArray suffixes = new(words, maximumLength + 1, cancellationToken);
        Dictionary<string, long> longer = CountBranches(suffixes, words, maximumLength);
        AddRepeatedWords(longer, words, maximumLength);
        return
        [
            .. Alphabet.Count(words).Select(pair => new SeedPiece(pair.Key.ToString(), pair.Value)).Order(),
            .. longer
                .Where(pair => isAllowed(pair.Key))
                .Select(pair => new SeedPiece(pair.Key, pair.Value * CharacterCount(pair.Key)))
                .Order()
                .Take(limit),
        ];
    }

    // Neighbouring suffixes with a common beginning form an interval; intervals nest, so a stack holds the open ones.
    private static Dictionary<string, long> CountBranches(
        SuffixArray suffixes, KeyValuePair<string, long>[] words, int maximumLength)
    {
        Dictionary<string, long> counts = new(StringComparer.Ordinal);
        Stack<(int Length, int Begin, long Before)> open = [];
        long occurrences = 0;
        for (int rank = 0; rank < suffixes.Count; rank++)
        {
            int begin = rank;
            long before = occurrences;
            occurrences += words[suffixes.Word(rank)].Value;
            int common = rank + 1 < suffixes.Count ? suffixes.CommonLength(rank) : 0;
            while (open.TryPeek(out var interval) && interval.Length > common)
            {
                (begin, before) = (interval.Begin, interval.Before);
                if (interval.Length >= 2 && interval.Length <= maximumLength)
                {
                    counts[suffixes.Prefix(begin, interval.Length)] = occurrences - before;
                }
                open.Pop();
            }
            if (common > (open.TryPeek(out var outer) ? outer.Length : 0))
            {
                open.Push((common, begin, before));
            }
        }
        return counts;
    }

    // A word that is part of no other has no branch, yet may be frequent.
    private static void AddRepeatedWords(Dictionary<string, long> counts, KeyValuePair<string, long>[] words, int maximumLength)
    {
        foreach ((string word, long frequency) in words)
        {
            if (frequency > 1 && CharacterCount(word) is >= 2 and var length && length <= maximumLength)
            {
                counts.TryAdd(word, frequency);
            }
        }
    }

    private static int CharacterCount(string text)
    {
        int count = 0;
        foreach (char unit in text)
        {
            count += char.IsLowSurrogate(unit) ? 0 : 1;
        }
        return count;
    }
}
