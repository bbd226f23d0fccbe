namespace MLNet.Transformers.Tokenizers;

/// <summary>Scans <see cref="WordPatterns.Gpt2"/>.</summary>
internal sealed class Gpt2Scanner : WordScanner
{
    public override int Match(ReadOnlySpan<char> text, int start)
    {
        if (start >= text.Length)
        {
            return -1;
        }

        if (text[start] == '\'' && MatchShortForm(text, start) is var end and > 0)
        {
            return end;
        }

        int word = text[start] == ' ' && start + 1 < text.Length ? start + 1 : start;
        CharacterKind kind = Characters.GetKind(text, word, out int length);
        if ((kind & CharacterKind.Letter) != 0)
        {
            return SkipWhile(text, word + length, CharacterKind.Letter);
        }

        if ((kind & CharacterKind.Number) != 0)
        {
            return SkipWhile(text, word + length, CharacterKind.Number);
        }

        return (kind & Blank) == 0
            ? SkipUntil(text, word + length, Blank | LetterOrNumber)
            : EndOfBlank(text, start, SkipWhile(text, word, Blank));
    }

    private static int MatchShortForm(ReadOnlySpan<char> text, int start)
    {
        char first = start + 1 < text.Length ? text[start + 1] : '\0', second = start + 2 < text.Length ? text[start + 2] : '\0';
        return (first, second) switch
        {
            ('s' or 't' or 'm' or 'd', _) => start + 2,
            ('r' or 'v', 'e') or ('l', 'l') => start + 3,
            _ => 0,
        };
    }
}
