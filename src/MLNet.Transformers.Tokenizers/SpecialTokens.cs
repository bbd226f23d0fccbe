namespace MLNet.Transformers.Tokenizers;

/// <summary>The tokens that have a role of their own, as <c>special_tokens_map.json</c> names them.</summary>
public sealed record SpecialTokens
{
    /// <summary>Stands for text that the vocabulary does not cover (<c>unk_token</c>).</summary>
    public string? Unknown { get; init; }

    /// <summary>Fills the shorter texts of a batch (<c>pad_token</c>).</summary>
    public string? Padding { get; init; }

    /// <summary>Stands for the whole text (<c>cls_token</c>).</summary>
    public string? Classification { get; init; }

    /// <summary>Stands between texts (<c>sep_token</c>).</summary>
    public string? Separator { get; init; }

    /// <summary>Stands for a hidden token (<c>mask_token</c>).</summary>
    public string? Mask { get; init; }

    /// <summary>Begins a text (<c>bos_token</c>).</summary>
    public string? BeginningOfSentence { get; init; }

    /// <summary>Ends a text (<c>eos_token</c>).</summary>
    public string? EndOfSentence { get; init; }

    /// <summary>Further special tokens (<c>additional_special_tokens</c>).</summary>
    public IReadOnlyList<string> Additional { get; init; } = [];
}
