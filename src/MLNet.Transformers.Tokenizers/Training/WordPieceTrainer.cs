namespace MLNet.Transformers.Tokenizers;

/// <summary>
/// Learns a WordPiece vocabulary, as BERT's: by default lower-cased, without accents, split at white space and punctuation.
/// </summary>
/// <remarks>Pieces are found by merging the most frequent pairs, as the trainer of the reference tokenizers library does.</remarks>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/trainers#tokenizers.trainers.WordPieceTrainer"/>
public sealed record WordPieceTrainer : MergeTrainer
{
    /// <summary>Settings as BERT's.</summary>
    public WordPieceTrainer()
    {
        SpecialTokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
        ContinuingSubwordPrefix = "##";
        LimitAlphabet = 1000;
        Normalizer = new BertNormalizer();
        PreTokenizer = new BertPreTokenizer();
    }

    /// <summary>The special token that stands for words that the vocabulary cannot spell.</summary>
    public string UnknownToken { get; init; } = "[UNK]";

    /// <summary>How many characters a word may have before it is unknown as a whole.</summary>
    public int MaximumWordLength { get; init; } = 100;

    private protected override void CheckSettings()
    {
        base.CheckSettings();
        CheckIsSpecial(UnknownToken, nameof(UnknownToken));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaximumWordLength);
    }

    /// <summary><c>[CLS] text [SEP] pair [SEP]</c>, where both are special tokens.</summary>
    private protected override PostProcessor? MakePostProcessor()
    {
        List<string> tokens = [.. SpecialTokens];
        (int classification, int separator) = (tokens.IndexOf("[CLS]"), tokens.IndexOf("[SEP]"));
        return classification < 0 || separator < 0
            ? null
            : new BertPostProcessor(("[SEP]", separator), ("[CLS]", classification));
    }

    private protected override TokenDecoder? MakeDecoder() => new WordPieceDecoder(ContinuingSubwordPrefix);

    private protected override TokenizationAlgorithm Learn(KeyValuePair<string, long>[] words, TrainingRun run)
    {
        SymbolTable symbols = LearnMerges(words, run, out _);
        return new WordPiece(new Vocabulary(symbols.Tokens), UnknownToken, ContinuingSubwordPrefix, MaximumWordLength);
    }
}
