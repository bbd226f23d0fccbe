namespace MLNet.Transformers.Tokenizers;

/// <summary>A token that is found in the text before anything else is done to it, such as <c>[MASK]</c> or <c>&lt;|endoftext|&gt;</c>.</summary>
/// <param name="Content">The text of the token.</param>
/// <param name="Id">The id of the token; <see langword="null"/> takes the algorithm's id of the same text, or else the next free one.</param>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/added-tokens"/>
public sealed record AddedToken(string Content, int? Id = null)
{
    /// <summary>Whether decoding can skip this token, as it carries no text.</summary>
    public bool Special { get; init; }

    /// <summary>Whether the token is only found where it is a whole word.</summary>
    public bool SingleWord { get; init; }

    /// <summary>Whether the token takes the white space on its left.</summary>
    public bool StripsLeft { get; init; }

    /// <summary>Whether the token takes the white space on its right.</summary>
    public bool StripsRight { get; init; }

    /// <summary>Whether the token is searched for in the normalized text instead of the original.</summary>
    public bool Normalized { get; init; }
}
