using System.Text;

namespace MLNet.Transformers.Tokenizers;

/// <summary>
/// The suffixes of all words of a corpus, sorted by their first characters. Suffixes end where their word ends.
/// </summary>
internal sealed class SuffixArray
{
    /// <summary>What <see cref="Character"/> gives behind the end of a word.</summary>
    public const int WordEnd = -1;

    private readonly int[] _characters;
    private readonly int[] _words;
    private readonly int[] _suffixes;
    private readonly int _depth;

    /// <summary>Sorts the suffixes of <paramref name="words"/> by their first <paramref name="depth"/> characters.</summary>
    public SuffixArray(ReadOnlySpan<KeyValuePair<string, long>> words, int depth, CancellationToken cancellationToken)
    {
        List<int> characters = [], suffixes = [], wordOfCharacter = [];
        for (int word = 0; word < words.Length; word++)
        {
            foreach (Rune character in words[word].Key.EnumerateRunes())
            {
                suffixes.Add(characters.Count);
                characters.Add(character.Value);
                wordOfCharacter.Add(word);
            }
            characters.Add(WordEnd);
            wordOfCharacter.Add(word);
        }
        (_characters, _suffixes, _words, _depth) = ([.. characters], [.. suffixes], [.. wordOfCharacter], depth);
        Sort(cancellationToken);
    }

    public int Count => _suffixes.Length;

    /// <summary>The word that the suffix of rank <paramref name="rank"/> ends.</summary>
    public int Word(int rank) => _words[_suffixes[rank]];

    /// <summary>The first <paramref name="length"/> characters of the suffix of rank <paramref name="rank"/>.</summary>
    public string Prefix(int rank, int length)
    {
        StringBuilder text = new(length);
        foreach (int character in _characters.AsSpan(_suffixes[rank], length))
        {
            text.Append(new Rune(character));
        }
        return text.ToString();
    }

    /// <summary>How many characters the suffixes of two neighbouring ranks have in common, as far as they were sorted.</summary>
    public int CommonLength(int rank)
    {
        int length = 0;
        while (length < _depth && Character(rank, length) is var character && character != WordEnd && character == Character(rank + 1, length))
        {
            length++;
        }
        return length;
    }

    private int Character(int rank, int position) => _characters[_suffixes[rank] + position];

    // Multikey quicksort: https://doi.org/10.1145/314161.314321. Ties at full depth stay unordered but equal suffixes are
    // interchangeable in all that is read from them.
    private void Sort(CancellationToken cancellationToken)
    {
        Stack<(int Begin, int End, int Depth)> open = new([(0, _suffixes.Length, 0)]);
        while (open.TryPop(out var range))
        {
            (int begin, int end, int depth) = range;
            if (depth == _depth || end - begin < 2)
            {
                continue;
            }
            cancellationToken.ThrowIfCancellationRequested();
            int pivot = Character(begin + ((end - begin) / 2), depth);
            int less = begin, greater = end;
            for (int rank = begin; rank < greater;)
            {
                int character = Character(rank, depth);
                if (character < pivot)
                {
                    Swap(less++, rank++);
                }
                else if (character > pivot)
                {
                    Swap(rank, --greater);
                }
                else
                {
                    rank++;
                }
            }
            open.Push((begin, less, depth));
            open.Push((greater, end, depth));
            if (pivot != WordEnd)
            {
                open.Push((less, greater, depth + 1));
            }
        }
    }

    private void Swap(int left, int right) =>
        (_suffixes[left], _suffixes[right]) = (_suffixes[right], _suffixes[left]);
}
