namespace MLNet.Transformers.Tokenizers;

/// <summary>Collects all there is to know about the tokens of a text.</summary>
internal sealed class TokenCollector : ITokenCollector
{
    private const int MostKeptTokens = 1 << 16;

    private readonly TokenList _tokens = new();
    private CollectedToken[] _items = new CollectedToken[256];
    private TransformerTokenizer? _tokenizer;
    private int _fixedWord;
    private int _nextWord;

    public bool NeedsAlignment => true;

    public int Count { get; private set; }

    public ReadOnlySpan<CollectedToken> Tokens => _items.AsSpan(0, Count);

    /// <summary>Forgets what was collected.</summary>
    public void Start(TransformerTokenizer tokenizer)
    {
        _tokenizer = tokenizer;
        Count = 0;
        _nextWord = 0;
        _fixedWord = -1;
    }

    /// <summary>Lets go of the tokenizer and the tokens, and of the memory that a long text took.</summary>
    public void Release()
    {
        _tokenizer = null;
        if (_items.Length > MostKeptTokens)
        {
            _items = new CollectedToken[256];
        }
        else
        {
            _items.AsSpan(0, Count).Clear();
        }

        Count = 0;
    }

    /// <summary>What comes is all of one word, given as such.</summary>
    public void StartWord(int word) => _fixedWord = word;

    public void AddToken(int id, AlignedText text, int start, int end)
    {
        string content = _tokenizer!.GetTokenText(id);
        ReadOnlySpan<char> found = text.Chars[start..end];
        Add(id, found.SequenceEqual(content) ? content : found.ToString(), text, start, end, TakeWord());
    }

    public void AddWords(PreTokenizedText text)
    {
        ReadOnlySpan<char> chars = text.Text.Chars;
        foreach ((int start, int end) in text.Pieces)
        {
            int word = TakeWord();
            _tokens.Clear();
            _tokenizer!.Words.AppendTokens(chars[start..end], _tokens);
            foreach (Token token in _tokens.Tokens)
            {
                int tokenStart = start + token.Start, tokenEnd = start + token.End;
                string content = token.Id == _tokenizer.TextShowingId ? chars[tokenStart..tokenEnd].ToString() : _tokenizer.GetTokenText(token.Id);
                Add(token.Id, content, text.Text, tokenStart, tokenEnd, word);
            }
        }
    }

    private int TakeWord() => _fixedWord >= 0 ? _fixedWord : _nextWord++;

    private void Add(int id, string content, AlignedText text, int start, int end, int word)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Count * 2);
        }

        (int originalStart, int originalEnd) = text.GetOriginalRange(start, end);
        _items[Count++] = new CollectedToken(id, content, originalStart, originalEnd, word);
    }
}

/// <summary>A token of a text.</summary>
/// <param name="Id">The id.</param>
/// <param name="Text">The text that is shown for it.</param>
/// <param name="Start">Where it starts in the original text.</param>
/// <param name="End">Where it ends in the original text.</param>
/// <param name="Word">The number of its word.</param>
internal readonly record struct CollectedToken(int Id, string Text, int Start, int End, int Word);
