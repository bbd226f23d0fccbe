using System.Buffers;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Finds added tokens in a text: the first place where one stands, and there the longest.</summary>
internal sealed class AddedTokenMatcher
{
    private readonly SearchValues<string> _texts;
    private readonly Dictionary<char, (string Text, AddedToken Token)[]> _byFirstCharacter;

    /// <summary>Takes the tokens, each with the text that is searched for.</summary>
    public AddedTokenMatcher(IReadOnlyCollection<(string Text, AddedToken Token)> tokens)
    {
        _texts = SearchValues.Create([.. tokens.Select(token => token.Text)], StringComparison.Ordinal);
        _byFirstCharacter = tokens.GroupBy(token => token.Text[0])
            .ToDictionary(group => group.Key, group => group.OrderByDescending(token => token.Text.Length).ToArray());
    }

    /// <summary>Finds the next token at or after <paramref name="from"/>; the white space it takes on its left begins no earlier.</summary>
    public bool TryFind(ReadOnlySpan<char> text, int from, out AddedTokenMatch match)
    {
        for (int search = from; search < text.Length;)
        {
            int distance = text[search..].IndexOfAny(_texts);
            if (distance < 0)
            {
                break;
            }

            int start = search + distance;
            (string found, AddedToken token) = FindLongest(text[start..]);
            int end = search = start + found.Length;
            if (token.SingleWord && !IsSingleWord(text, start, end))
            {
                continue;
            }

            if (token.StripsLeft)
            {
                start = from + text[from..start].TrimEnd().Length;
            }

            if (token.StripsRight)
            {
                end = text.Length - text[end..].TrimStart().Length;
            }

            match = new AddedTokenMatch(token, start, end);
            return true;
        }

        match = default;
        return false;
    }

    private (string Text, AddedToken Token) FindLongest(ReadOnlySpan<char> text)
    {
        foreach ((string candidate, AddedToken token) in _byFirstCharacter[text[0]])
        {
            if (text.StartsWith(candidate))
            {
                return (candidate, token);
            }
        }

        throw new InvalidOperationException("A token was found and is not there.");
    }

    private static bool IsSingleWord(ReadOnlySpan<char> text, int start, int end) =>
        (start == 0 || (Characters.GetKind(Characters.GetCodePointBefore(text, start, out _)) & CharacterKind.Word) == 0)
        && (end == text.Length || (Characters.GetKind(text, end, out _) & CharacterKind.Word) == 0);
}

/// <summary>An added token that stands in a text.</summary>
/// <param name="Token">The token, with its id.</param>
/// <param name="Start">Where it starts, with the white space that it takes.</param>
/// <param name="End">Where it ends, with the white space that it takes.</param>
internal readonly record struct AddedTokenMatch(AddedToken Token, int Start, int End);
