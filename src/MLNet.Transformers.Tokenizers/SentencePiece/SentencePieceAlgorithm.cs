namespace MLNet.Transformers.Tokenizers;

/// <summary>How a SentencePiece model cuts words; the values are those of the file.</summary>
public enum SentencePieceAlgorithm
{
    /// <summary>Into the pieces that are most probable together.</summary>
    Unigram = 1,

    /// <summary>By merging neighbouring pieces, best first.</summary>
    BytePairEncoding = 2,

    /// <summary>Not at all.</summary>
    Word = 3,

    /// <summary>Into characters.</summary>
    Character = 4,
}
