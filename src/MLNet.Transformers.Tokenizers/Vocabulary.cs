namespace MLNet.Transformers.Tokenizers;

/// <summary>The tokens of a tokenizer and their ids.</summary>
public sealed class Vocabulary
{
    private readonly Dictionary<string, int> _ids;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _idsBySpan;
    private readonly string?[] _tokens;

    /// <summary>Takes tokens with their ids; ids may have gaps, and the last of two equal tokens counts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An id is negative, or far greater than the number of tokens.</exception>
    public Vocabulary(IEnumerable<KeyValuePair<string, int>> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        _ids = new Dictionary<string, int>(StringComparer.Ordinal);
        int greatest = -1;
        foreach ((string token, int id) in tokens)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(id, nameof(tokens));
            _ids[token] = id;
            greatest = Math.Max(greatest, id);
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(greatest, GreatestId(_ids.Count), nameof(tokens));
        _tokens = new string?[greatest + 1];
        foreach ((string token, int id) in _ids)
        {
            _tokens[id] = token;
        }

        _idsBySpan = _ids.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Takes tokens whose ids are their positions.</summary>
    public Vocabulary(IEnumerable<string> tokens)
        : this(tokens.Select((token, id) => KeyValuePair.Create(token, id)))
    {
    }

    /// <summary>The number of tokens.</summary>
    public int Count => _ids.Count;

    /// <summary>The id after the greatest one: the rows that an embedding of this vocabulary needs.</summary>
    public int IdLimit => _tokens.Length;

    /// <summary>The tokens and their ids, in the order of the ids.</summary>
    public IEnumerable<KeyValuePair<string, int>> Tokens
    {
        get
        {
            for (int id = 0; id < _tokens.Length; id++)
            {
                if (_tokens[id] is { } token)
                {
                    yield return KeyValuePair.Create(token, id);
                }
            }
        }
    }

    /// <summary>The token of an id, or <see langword="null"/> where no token has it.</summary>
    public string? GetToken(int id) => (uint)id < (uint)_tokens.Length ? _tokens[id] : null;

    /// <summary>The id of a token, or <see langword="null"/> where there is no such token.</summary>
    public int? GetId(string token) => _ids.TryGetValue(token, out int id) ? id : null;

    /// <summary>Finds the id of a token.</summary>
    public bool TryGetId(ReadOnlySpan<char> token, out int id) => _idsBySpan.TryGetValue(token, out id);

    // Look-up by id is an array; a hostile file must not make it huge.
    private static int GreatestId(int count) => (int)Math.Min(int.MaxValue, (count * 16L) + (1 << 20));
}
