namespace MLNet.Transformers.Tokenizers;

/// <summary>Scans <see cref="WordPatterns.Clip"/>.</summary>
internal sealed class ClipScanner : WordScanner
{
    private const string Start = "<|startoftext|>", End = "<|endoftext|>";

    public override int Match(ReadOnlySpan<char> text, int start)
    {
        if (start >= text.Length)
        {
            return -1;
        }

        if (text[start] == '<' && text[start..] is var rest && (rest.StartsWith(Start) || rest.StartsWith(End)))
        {
            return start + (rest.StartsWith(Start) ? Start.Length : End.Length);
        }

        if (text[start] == '\'' && MatchShortForm(text, start) is var end and > 0)
        {
            return end;
        }

        CharacterKind kind = Characters.GetKind(text, start, out int length);
        if ((kind & CharacterKind.Letter) != 0)
        {
            return SkipWhile(text, start + length, CharacterKind.Letter);
        }

        if ((kind & CharacterKind.Number) != 0)
        {
            return start + length;
        }

        return (kind & Blank) == 0 ? SkipUntil(text, start + length, Blank | LetterOrNumber) : -1;
    }
}
