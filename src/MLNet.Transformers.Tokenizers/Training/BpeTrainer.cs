namespace MLNet.Transformers.Tokenizers;

/// <summary>Learns a byte-pair encoding, as GPT-2's: by default over bytes, so that any text can be encoded and given back.</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/trainers#tokenizers.trainers.BpeTrainer"/>
public sealed record BpeTrainer : MergeTrainer
{
    /// <summary>Settings as GPT-2's.</summary>
    public BpeTrainer()
    {
        SpecialTokens = ["<|endoftext|>"];
        PreTokenizer = new ByteLevelPreTokenizer(addsPrefixSpace: false);
    }

    /// <summary>The special token that stands for characters that the vocabulary does not have; <see langword="null"/> leaves them out.</summary>
    public string? UnknownToken { get; init; }

    /// <summary>The 256 stand-ins of bytes besides the set characters, where words are split by <see cref="ByteLevelPreTokenizer"/>.</summary>
    private protected override string StartingAlphabet =>
        PreTokenizer is ByteLevelPreTokenizer ? string.Concat(ByteLevelAlphabet.AllCharacters, InitialAlphabet) : InitialAlphabet;

    private protected override PostProcessor? MakePostProcessor() =>
        PreTokenizer is ByteLevelPreTokenizer ? new ByteLevelPostProcessor(trimsOffsets: false) : null;

    private protected override TokenDecoder? MakeDecoder() =>
        PreTokenizer is ByteLevelPreTokenizer ? new ByteLevelDecoder()
        : EndOfWordSuffix.Length > 0 ? new BytePairDecoder(EndOfWordSuffix)
        : null;

    private protected override void CheckSettings()
    {
        base.CheckSettings();
        if (UnknownToken is not null)
        {
            CheckIsSpecial(UnknownToken, nameof(UnknownToken));
        }
    }

    private protected override TokenizationAlgorithm Learn(KeyValuePair<string, long>[] words, TrainingRun run)
    {
        SymbolTable symbols = LearnMerges(words, run, out IReadOnlyList<SymbolPair> merges);
        return new BytePairEncoding(
            new Vocabulary(symbols.Tokens),
            merges.Select(pair => (symbols.Token(pair.Left), symbols.Token(pair.Right))),
            new BytePairOptions
            {
                UnknownToken = UnknownToken,
                ContinuationPrefix = ContinuingSubwordPrefix.Length > 0 ? ContinuingSubwordPrefix : null,
                EndOfWordSuffix = EndOfWordSuffix.Length > 0 ? EndOfWordSuffix : null,
            });
    }
}
