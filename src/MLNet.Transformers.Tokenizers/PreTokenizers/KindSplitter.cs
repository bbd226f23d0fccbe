namespace MLNet.Transformers.Tokenizers;

/// <summary>A pre-tokenizer that splits at every character of some kind.</summary>
public abstract class KindSplitter : PieceSplitter
{
    private readonly CharacterKind _delimiters;
    private readonly DelimiterBehavior _behavior;

    private protected KindSplitter(CharacterKind delimiters, DelimiterBehavior behavior) => (_delimiters, _behavior) = (delimiters, behavior);

    internal sealed override void Split(ReadOnlySpan<char> text, int start, int end, PieceList parts)
    {
        var collector = new PieceCollector(_behavior, parts);
        int textStart = start;
        for (int index = start, length; index < end; index += length)
        {
            if ((Characters.GetKind(text, index, out length) & _delimiters) == 0)
            {
                continue;
            }

            if (textStart < index)
            {
                collector.Add(textStart, index, isDelimiter: false);
            }

            textStart = index + length;
            collector.Add(index, textStart, isDelimiter: true);
        }

        if (textStart < end)
        {
            collector.Add(textStart, end, isDelimiter: false);
        }

        collector.Finish();
    }
}
