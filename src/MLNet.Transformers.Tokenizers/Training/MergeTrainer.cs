namespace MLNet.Transformers.Tokenizers;

/// <summary>The settings of a trainer that builds words up from characters by merging the most frequent pairs.</summary>
/// <seealso href="https://aclanthology.org/P16-1162/"/>
public abstract record MergeTrainer : TokenizerTrainer
{
    private protected MergeTrainer()
    {
    }

    /// <summary>How often a pair must occur to become a token.</summary>
    public long MinimumFrequency { get; init; } = 2;

    /// <summary>How many characters the alphabet keeps; the rarest are dropped. <see langword="null"/> keeps them all.</summary>
    public int? LimitAlphabet { get; init; }

    /// <summary>Characters that belong to the alphabet whether the texts have them or not.</summary>
    public string InitialAlphabet { get; init; } = "";

    /// <summary>What tokens begin with that do not begin a word; empty for none.</summary>
    public string ContinuingSubwordPrefix { get; init; } = "";

    /// <summary>What tokens end with that end a word; empty for none.</summary>
    public string EndOfWordSuffix { get; init; } = "";

    /// <summary>How many characters a token has at most, affixes not counted; <see langword="null"/> for no limit.</summary>
    public int? MaximumPieceLength { get; init; }

    /// <summary>The alphabet that the vocabulary starts from besides the texts' own.</summary>
    private protected virtual string StartingAlphabet => InitialAlphabet;

    private protected override void CheckSettings()
    {
        base.CheckSettings();
        ArgumentOutOfRangeException.ThrowIfNegative(MinimumFrequency);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LimitAlphabet ?? 1, nameof(LimitAlphabet));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaximumPieceLength ?? 1, nameof(MaximumPieceLength));
    }

    /// <summary>Learns the tokens, in the order of their ids, and the pairs that were merged, in the order of their merging.</summary>
    private protected SymbolTable LearnMerges(
        KeyValuePair<string, long>[] words, TrainingRun run, out IReadOnlyList<SymbolPair> merges)
    {
        SymbolTable symbols = new();
        foreach (string token in SpecialTokens)
        {
            symbols.Add(token, token.Length);
        }
        foreach (var character in Alphabet.Choose(words, StartingAlphabet.EnumerateRunes(), LimitAlphabet))
        {
            symbols.Add(character.ToString(), length: 1);
        }
        SegmentedWords segmented = new WordSegmenter(symbols, ContinuingSubwordPrefix, EndOfWordSuffix).Segment(words);
        CheckRoom(symbols.Count, "the special tokens and the alphabet of the texts");
        MergeLearner learner = new(symbols, segmented)
        {
            VocabularySize = VocabularySize,
            MinimumFrequency = MinimumFrequency,
            MaximumPieceLength = MaximumPieceLength ?? int.MaxValue,
            ContinuingSubwordPrefix = ContinuingSubwordPrefix,
        };
        merges = learner.Learn(run);
        return symbols;
    }
}
