namespace MLNet.Transformers.Tokenizers;

/// <summary>What a tokenizer trainer is doing.</summary>
public enum TokenizerTrainingStage
{
    /// <summary>Reading the texts and counting their words; the unit is a text.</summary>
    CountingWords,

    /// <summary>Counting the pairs of symbols in the distinct words; the unit is a word.</summary>
    CountingPairs,

    /// <summary>Merging the most frequent pairs; the unit is a token of the vocabulary.</summary>
    LearningMerges,

    /// <summary>Collecting the frequent substrings that a Unigram vocabulary starts from; the unit is a word.</summary>
    CollectingSeeds,

    /// <summary>Fitting piece probabilities and dropping the least useful pieces; the unit is a piece still to drop.</summary>
    FittingPieces,
}

/// <summary>How far the training of a tokenizer has come.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Completed">How much of it is done, in the unit of the stage.</param>
/// <param name="Total">How much there is to do, or <see langword="null"/> while that is not known.</param>
public readonly record struct TokenizerTrainingProgress(TokenizerTrainingStage Stage, long Completed, long? Total);
