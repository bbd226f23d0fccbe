using System.Runtime.CompilerServices;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Does by hand what a well-known regular expression does, only faster.</summary>
internal abstract class WordScanner
{
    private protected const CharacterKind Blank = CharacterKind.WhiteSpace, LetterOrNumber = CharacterKind.Letter | CharacterKind.Number;

    /// <summary>The scanner of an expression, if it is one of the well-known ones.</summary>
    public static WordScanner? Find(string expression) => expression switch
    {
        WordPatterns.Gpt2 => new Gpt2Scanner(),
        WordPatterns.Cl100k => new Cl100kScanner(mostDigits: 3),
        WordPatterns.Qwen2 => new Cl100kScanner(mostDigits: 1),
        WordPatterns.Clip => new ClipScanner(),
        _ => null,
    };

    /// <summary>The end of the match that begins at <paramref name="start"/>, or -1.</summary>
    public abstract int Match(ReadOnlySpan<char> text, int start);

    /// <summary>The end of an English short form such as <c>'ll</c> in lower case, or 0.</summary>
    private protected static int MatchShortForm(ReadOnlySpan<char> text, int start)
    {
        char first = start + 1 < text.Length ? text[start + 1] : '\0', second = start + 2 < text.Length ? text[start + 2] : '\0';
        return (first, second) switch
        {
            ('s' or 't' or 'm' or 'd', _) => start + 2,
            ('r' or 'v', 'e') or ('l', 'l') => start + 3,
            _ => 0,
        };
    }

    /// <summary>The end of the run of characters of some kind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected static int SkipWhile(ReadOnlySpan<char> text, int index, CharacterKind kind)
    {
        while ((uint)index < (uint)text.Length)
        {
            if ((Characters.GetKind(text, index, out int length) & kind) == 0)
            {
                break;
            }

            index += length;
        }

        return index;
    }

    /// <summary>The end of the run of characters that are of no such kind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected static int SkipUntil(ReadOnlySpan<char> text, int index, CharacterKind kind)
    {
        while ((uint)index < (uint)text.Length)
        {
            if ((Characters.GetKind(text, index, out int length) & kind) != 0)
            {
                break;
            }

            index += length;
        }

        return index;
    }

    /// <summary>The end of white space from <paramref name="start"/> to <paramref name="end"/> that leaves its last character to a word after it.</summary>
    private protected static int EndOfBlank(ReadOnlySpan<char> text, int start, int end) => end == text.Length || end == start + 1 ? end : end - 1;
}
