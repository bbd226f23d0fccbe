namespace MLNet.Transformers.Tokenizers;

/// <summary>Takes away the spaces that splitting English at its punctuation leaves behind.</summary>
/// <seealso href="https://huggingface.co/docs/transformers/main_classes/tokenizer#transformers.PreTrainedTokenizerBase.clean_up_tokenization"/>
internal static class TextCleanup
{
    private static readonly (string Found, string Put)[] s_replacements =
    [
        (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"),
        (" 'm", "'m"), (" do not", " don't"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
    ];

    public static string Apply(string text)
    {
        foreach ((string found, string put) in s_replacements)
        {
            text = text.Replace(found, put, StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>Replaces all occurrences; where an empty string is searched for there is none.</summary>
    public static string Replace(string text, string found, string put) =>
        found.Length == 0 ? text : text.Replace(found, put, StringComparison.Ordinal);
}
