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
}
