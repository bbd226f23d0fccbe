namespace MLNet.Transformers.Tokenizers;

/// <summary>Scans <see cref="WordPatterns.Cl100k"/> and <see cref="WordPatterns.Qwen2"/>.</summary>
/// <param name="mostDigits">The longest number that is one word.</param>
internal sealed class Cl100kScanner(int mostDigits) : WordScanner
{
    public override int Match(ReadOnlySpan<char> text, int start)
    {
        if (start >= text.Length)
        {
            return -1;
        }

        char first = text[start];
        if (first == '\'' && MatchAnyShortForm(text, start) is var end and > 0)
        {
            return end;
        }

        CharacterKind kind = Characters.GetKind(text, start, out int length);
        int next = start + length;
        if ((kind & CharacterKind.Letter) != 0)
        {
            return SkipWhile(text, next, CharacterKind.Letter);
        }

        if ((kind & CharacterKind.Number) != 0)
        {
            return MatchDigits(text, next);
        }

        if (first is not ('\r' or '\n') && next < text.Length && (Characters.GetKind(text, next, out length) & CharacterKind.Letter) != 0)
        {
            return SkipWhile(text, next + length, CharacterKind.Letter);
        }

        int symbols = first == ' ' ? next : start;
        if (symbols < text.Length && (Characters.GetKind(text, symbols, out length) & (Blank | LetterOrNumber)) == 0)
        {
            end = SkipUntil(text, symbols + length, Blank | LetterOrNumber);
            while (end < text.Length && text[end] is '\r' or '\n')
            {
                end++;
            }

            return end;
        }

        end = SkipWhile(text, start, Blank);
        int lineEnd = text[start..end].LastIndexOfAny('\r', '\n');
        return lineEnd >= 0 ? start + lineEnd + 1 : EndOfBlank(text, start, end);
    }

    private int MatchDigits(ReadOnlySpan<char> text, int index)
    {
        for (int count = 1; count < mostDigits && index < text.Length; count++)
        {
            if ((Characters.GetKind(text, index, out int length) & CharacterKind.Number) == 0)
            {
                break;
            }

            index += length;
        }

        return index;
    }

    // Without regard to case, which makes ſ an s.
    private static int MatchAnyShortForm(ReadOnlySpan<char> text, int start)
    {
        char first = start + 1 < text.Length ? text[start + 1] : '\0', second = start + 2 < text.Length ? text[start + 2] : '\0';
        return (first, second) switch
        {
            ('s' or 'S' or '\u017F' or 't' or 'T' or 'm' or 'M' or 'd' or 'D', _) => start + 2,
            ('r' or 'R' or 'v' or 'V', 'e' or 'E') or ('l' or 'L', 'l' or 'L') => start + 3,
            _ => 0,
        };
    }
}
