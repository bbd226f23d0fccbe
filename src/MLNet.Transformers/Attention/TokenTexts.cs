using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers;

/// <summary>Tokens as a reader knows them.</summary>
internal static class TokenTexts
{
    /// <summary>The tokens as the vocabulary spells them, but those of a byte-level vocabulary as the text that they stand for.</summary>
    public static string[] Of(TransformerTokenizer tokenizer, EncodedText encoded) => tokenizer.Pipeline.Decoder is ByteLevelDecoder
        ? [.. encoded.Ids.Select(id => tokenizer.Decode([id]))]
        : [.. encoded.Tokens];
}
