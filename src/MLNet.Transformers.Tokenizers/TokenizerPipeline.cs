namespace MLNet.Transformers.Tokenizers;

/// <summary>The parts of a tokenizer, in the order that a text passes them: what a <c>tokenizer.json</c> holds.</summary>
/// <param name="Algorithm">What turns a word into tokens (<c>model</c> in the file).</param>
/// <seealso href="https://huggingface.co/docs/tokenizers/pipeline"/>
public sealed record TokenizerPipeline(TokenizationAlgorithm Algorithm)
{
    /// <summary>The tokens that are found in the text before it is normalized or split.</summary>
    public IReadOnlyList<AddedToken> AddedTokens { get; init; } = [];

    /// <summary>What cleans the text.</summary>
    public TextNormalizer? Normalizer { get; init; }

    /// <summary>What splits the text into words.</summary>
    public TextPreTokenizer? PreTokenizer { get; init; }

    /// <summary>What puts special tokens around the tokens of one text or two.</summary>
    public PostProcessor? PostProcessor { get; init; }

    /// <summary>What puts tokens back together to text.</summary>
    public TokenDecoder? Decoder { get; init; }

    /// <summary>How long encodings are cut; <see langword="null"/> leaves them whole.</summary>
    public Truncation? Truncation { get; init; }

    /// <summary>How encodings are brought to one length; <see langword="null"/> leaves them as they are.</summary>
    public Padding? Padding { get; init; }
}
