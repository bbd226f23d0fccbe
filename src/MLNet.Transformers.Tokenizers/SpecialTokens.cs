namespace MLNet.Transformers.Tokenizers;

/// <summary>The tokens that have a role of their own, as <c>special_tokens_map.json</c> names them.</summary>
/// <seealso href="https://huggingface.co/docs/transformers/main_classes/tokenizer"/>
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

    /// <summary>The tokens of a vocabulary that bear the names which BERT, RoBERTa, T5, Llama and GPT-2 gave theirs.</summary>
    internal static SpecialTokens Guess(Vocabulary vocabulary, string? unknown)
    {
        return new SpecialTokens
        {
            Unknown = unknown ?? First("[UNK]", "<unk>"),
            Padding = First("[PAD]", "<pad>"),
            Classification = First("[CLS]"),
            Separator = First("[SEP]"),
            Mask = First("[MASK]", "<mask>"),
            BeginningOfSentence = First("<s>", "<bos>", "<|startoftext|>", "<|begin_of_text|>"),
            EndOfSentence = First("</s>", "<eos>", "<|endoftext|>", "<|end_of_text|>"),
        };

        string? First(params string[] names) => Array.Find(names, name => vocabulary.GetId(name) is not null);
    }
}
