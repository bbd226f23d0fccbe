using System.Runtime.InteropServices;
using System.Text;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Chooses the characters a vocabulary starts from.</summary>
internal static class Alphabet
{
    /// <summary>
    /// The characters of the words and of <paramref name="initial"/> in code point order; above <paramref name="limit"/> the
    /// rarest are dropped, of equally rare ones the highest, and those of <paramref name="initial"/> last.
    /// </summary>
    public static Rune[] Choose(
        ReadOnlySpan<KeyValuePair<string, long>> words, IEnumerable<Rune> initial, int? limit)
    {
        Dictionary<Rune, long> counts = Count(words);
        foreach (Rune character in initial)
        {
            counts[character] = long.MaxValue;
        }
        IEnumerable<KeyValuePair<Rune, long>> kept = counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key);
        return [.. kept.Take(limit ?? counts.Count).Select(pair => pair.Key).Order()];
    }

    /// <summary>How often each character occurs.</summary>
    public static Dictionary<Rune, long> Count(ReadOnlySpan<KeyValuePair<string, long>> words)
    {
        Dictionary<Rune, long> counts = [];
        foreach ((string word, long frequency) in words)
        {
            foreach (Rune character in word.EnumerateRunes())
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, character, out _) += frequency;
            }
        }
        return counts;
    }
}
