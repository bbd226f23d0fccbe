namespace MLNet.Transformers.Tokenizers;

/// <summary>The added tokens of a tokenizer with their ids.</summary>
internal sealed class AddedVocabulary
{
    private readonly Dictionary<int, AddedToken> _byId = [];
    private readonly HashSet<string> _specials = new(StringComparer.Ordinal);

    public AddedVocabulary(TokenizerPipeline pipeline)
    {
        Vocabulary vocabulary = pipeline.Algorithm.Vocabulary;
        int nextId = pipeline.AddedTokens.Select(token => (token.Id ?? -1) + 1).Append(vocabulary.IdLimit).Max();
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (AddedToken token in pipeline.AddedTokens.Where(token => token.Content.Length > 0))
        {
            if (!ids.TryGetValue(token.Content, out int id))
            {
                id = vocabulary.GetId(token.Content) ?? token.Id ?? nextId++;
                ids.Add(token.Content, id);
            }

            _byId[id] = token with { Id = id };
            if (token.Special)
            {
                _specials.Add(token.Content);
            }
        }

        Tokens = [.. _byId.Values.OrderBy(token => token.Id)];
        All = Tokens.All(token => vocabulary.GetId(token.Content) is not null)
            ? vocabulary
            : new Vocabulary(vocabulary.Tokens.Concat(Tokens.Select(token => KeyValuePair.Create(token.Content, token.Id!.Value))));
        InOriginal = BuildMatcher(Tokens.Where(token => !token.Normalized), normalizer: null);
        InNormalized = BuildMatcher(Tokens.Where(token => token.Normalized), pipeline.Normalizer);
    }

    /// <summary>The added tokens in the order of their ids.</summary>
    public IReadOnlyList<AddedToken> Tokens { get; }

    /// <summary>The tokens of the algorithm and the added ones.</summary>
    public Vocabulary All { get; }

    /// <summary>Finds the tokens that are searched for before the text is normalized, if there are any.</summary>
    public AddedTokenMatcher? InOriginal { get; }

    /// <summary>Finds the tokens that are searched for in normalized text, if there are any.</summary>
    public AddedTokenMatcher? InNormalized { get; }

    /// <summary>The added token of an id, if it has one.</summary>
    public AddedToken? Find(int id) => _byId.GetValueOrDefault(id);

    /// <summary>Whether decoding can skip a token.</summary>
    public bool IsSpecial(string token) => _specials.Contains(token);

    private static AddedTokenMatcher? BuildMatcher(IEnumerable<AddedToken> tokens, TextNormalizer? normalizer)
    {
        (string Text, AddedToken Token)[] searched =
        [
            .. tokens.Select(token => (Text: normalizer?.Normalize(token.Content) ?? token.Content, Token: token))
                .Where(token => token.Text.Length > 0)
        ];
        return searched.Length > 0 ? new AddedTokenMatcher(searched) : null;
    }
}
