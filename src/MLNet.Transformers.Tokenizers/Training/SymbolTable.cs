namespace MLNet.Transformers.Tokenizers;

/// <summary>The vocabulary while it grows: tokens in the order of their ids, each with its length in characters of text.</summary>
internal sealed class SymbolTable
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<string> _tokens = [];
    private readonly List<int> _lengths = [];

    public int Count => _tokens.Count;

    public IReadOnlyList<string> Tokens => _tokens;

    public string Token(int id) => _tokens[id];

    /// <summary>How many characters of text the token stands for, affixes not counted.</summary>
    public int Length(int id) => _lengths[id];

    public bool Contains(string token) => _ids.ContainsKey(token);

    /// <summary>The id of <paramref name="token"/>, which is added at the end if it is new.</summary>
    public int Add(string token, int length)
    {
        if (!_ids.TryGetValue(token, out int id))
        {
            id = _tokens.Count;
            _ids.Add(token, id);
            _tokens.Add(token);
            _lengths.Add(length);
        }
        return id;
    }
}
