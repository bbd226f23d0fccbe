namespace MLNet.Transformers.Tokenizers;

/// <summary>What a <c>tokenizer_config.json</c> says of a tokenizer beside its parts and special tokens.</summary>
/// <seealso href="https://huggingface.co/docs/transformers/main_classes/tokenizer"/>
public sealed record TokenizerSettings
{
    /// <summary>The greatest number of tokens that the model takes (<c>model_max_length</c>); <see langword="null"/> where nothing is said.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The side that truncation cuts (<c>truncation_side</c>).</summary>
    public TextSide TruncationSide { get; init; } = TextSide.Right;

    /// <summary>The side that padding is added to (<c>padding_side</c>).</summary>
    public TextSide PaddingSide { get; init; } = TextSide.Right;

    /// <summary>Whether decoding takes away the spaces before punctuation and in English short forms (<c>clean_up_tokenization_spaces</c>).</summary>
    public bool CleansUpSpaces { get; init; }

    /// <summary>How a conversation becomes text, in Jinja (<c>chat_template</c>).</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>The name of the class that reads the folder in Python (<c>tokenizer_class</c>).</summary>
    public string? ClassName { get; init; }
}
