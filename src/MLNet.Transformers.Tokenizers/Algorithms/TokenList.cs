namespace MLNet.Transformers.Tokenizers;

/// <summary>A growing list of tokens that is cleared and filled again without giving its memory back.</summary>
internal sealed class TokenList
{
    private Token[] _items = new Token[64];

    public int Count { get; private set; }

    public Token this[int index] => _items[index];

    public ReadOnlySpan<Token> Tokens => _items.AsSpan(0, Count);

    public Span<Token> MutableTokens => _items.AsSpan(0, Count);

    public void Add(int id, int start, int end)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Count * 2);
        }

        _items[Count++] = new Token(id, start, end);
    }

    /// <summary>Moves the tokens from <paramref name="first"/> on to later characters.</summary>
    public void Shift(int first, int distance)
    {
        foreach (ref Token token in _items.AsSpan(first, Count - first))
        {
            token = new Token(token.Id, token.Start + distance, token.End + distance);
        }
    }

    public void Clear() => Count = 0;

    /// <summary>Forgets the tokens after the first <paramref name="count"/>.</summary>
    public void Truncate(int count) => Count = count;
}
