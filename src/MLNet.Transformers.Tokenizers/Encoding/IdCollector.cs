namespace MLNet.Transformers.Tokenizers;

/// <summary>Collects ids and nothing else.</summary>
internal sealed class IdCollector : ITokenCollector
{
    private WordEncoder? _words;

    public IdList Ids { get; } = new();

    public bool NeedsAlignment => false;

    /// <summary>Forgets what was collected.</summary>
    public void Start(WordEncoder words)
    {
        _words = words;
        Ids.Clear();
    }

    public void AddToken(int id, AlignedText text, int start, int end) => Ids.Add(id);

    public void AddWords(PreTokenizedText text)
    {
        ReadOnlySpan<char> chars = text.Text.Chars;
        WordEncoder words = _words!;
        foreach ((int start, int end) in text.Pieces)
        {
            words.AppendIds(chars[start..end], Ids);
        }
    }
}
