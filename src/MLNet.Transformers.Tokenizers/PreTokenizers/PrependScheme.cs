namespace MLNet.Transformers.Tokenizers;

/// <summary>Where <see cref="MetaspacePreTokenizer"/> puts its sign though there was no space.</summary>
public enum PrependScheme
{
    /// <summary>Before every piece.</summary>
    Always,

    /// <summary>Before the beginning of the original text only.</summary>
    First,

    /// <summary>Nowhere.</summary>
    Never,
}
