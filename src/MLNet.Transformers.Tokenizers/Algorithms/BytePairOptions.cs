namespace MLNet.Transformers.Tokenizers;

/// <summary>What a <see cref="BytePairEncoding"/> does beside merging.</summary>
public sealed record BytePairOptions
{
    /// <summary>The probability that a merge is left out, for training with varied tokens; <see langword="null"/> leaves out none.</summary>
    /// <seealso href="https://aclanthology.org/2020.acl-main.170/"/>
    public float? Dropout { get; init; }

    /// <summary>The token for characters that no token has; <see langword="null"/> drops them.</summary>
    public string? UnknownToken { get; init; }

    /// <summary>What tokens begin with that do not begin a word.</summary>
    public string? ContinuationPrefix { get; init; }

    /// <summary>What tokens end with that end a word.</summary>
    public string? EndOfWordSuffix { get; init; }

    /// <summary>Whether neighbouring unknown characters are one token.</summary>
    public bool FusesUnknown { get; init; }

    /// <summary>Whether characters that no token has become their UTF-8 bytes, as <c>&lt;0x00&gt;</c> to <c>&lt;0xFF&gt;</c>.</summary>
    public bool ByteFallback { get; init; }

    /// <summary>Whether a word that is a token is taken as it is, without merging.</summary>
    public bool IgnoresMerges { get; init; }
}
