namespace MLNet.Transformers.Tokenizers;

/// <summary>Takes the most frequent words as tokens.</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/trainers#tokenizers.trainers.WordLevelTrainer"/>
public record WordLevelTrainer : TokenizerTrainer
{
    /// <summary>Settings for words and punctuation marks as they are written.</summary>
    public WordLevelTrainer()
    {
        SpecialTokens = ["[PAD]", "[UNK]"];
        PreTokenizer = new WhitespacePreTokenizer();
    }

    /// <summary>The special token that stands for all other words.</summary>
    public string UnknownToken { get; init; } = "[UNK]";

    /// <summary>How often a word must occur to become a token.</summary>
    public long MinimumFrequency { get; init; }

    private protected override void CheckSettings()
    {
        base.CheckSettings();
        CheckIsSpecial(UnknownToken, nameof(UnknownToken));
        ArgumentOutOfRangeException.ThrowIfNegative(MinimumFrequency);
    }

    private protected override TokenizationAlgorithm Learn(KeyValuePair<string, long>[] words, TrainingRun run)
    {
        CheckRoom(SpecialTokens.Count, "the special tokens");
        IEnumerable<string> frequent = words
            .Where(word => word.Value >= MinimumFrequency && !SpecialTokens.Contains(word.Key))
            .OrderByDescending(word => word.Value)
            .Select(word => word.Key);
        return new WordLevel(new Vocabulary(SpecialTokens.Concat(frequent).Take(VocabularySize)), UnknownToken);
    }
}
