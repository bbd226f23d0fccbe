using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests.Tokenizers;

/// <summary>Small tokenizers whose outcomes can be told by hand.</summary>
internal static class TinyTokenizers
{
    /// <summary>Every letter a token, its id that of the alphabet from 10 on, with BERT's template around it.</summary>
    public static TransformerTokenizer Letters { get; } = new(new TokenizerPipeline(new WordLevel(
        new Vocabulary(Enumerable.Range(0, 26).Select(letter => KeyValuePair.Create(((char)('a' + letter)).ToString(), letter + 10))
            .Append(KeyValuePair.Create("[UNK]", 1)).Append(KeyValuePair.Create("[PAD]", 0)).Append(KeyValuePair.Create("[CLS]", 2)).Append(KeyValuePair.Create("[SEP]", 3))), "[UNK]"))
    {
        PreTokenizer = new FixedLengthPreTokenizer(1),
        PostProcessor = new BertPostProcessor(("[SEP]", 3), ("[CLS]", 2)),
        Decoder = new FuseDecoder(),
    });

    /// <summary>GPT-2's way with the 256 bytes and no merges: lossless by construction.</summary>
    public static TransformerTokenizer Bytes { get; } = new(new TokenizerPipeline(
        new BytePairEncoding(new Vocabulary(ByteLevelAlphabet.AllCharacters.ToArray().Select(value => value.ToString())), []))
    {
        PreTokenizer = new ByteLevelPreTokenizer(addsPrefixSpace: false),
        Decoder = new ByteLevelDecoder(),
    });

    /// <summary>A lower-case tokenizer of words.</summary>
    public static TransformerTokenizer Words { get; } = new(new TokenizerPipeline(new WordPiece(new Vocabulary(["[UNK]", "hello", "wor", "##ld", "cafe", "!", "straße"])))
    {
        Normalizer = new BertNormalizer(),
        PreTokenizer = new BertPreTokenizer(),
        Decoder = new WordPieceDecoder(),
    });
}
