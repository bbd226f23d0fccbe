namespace MLNet.Transformers.Tokenizers;

/// <summary>What a piece of a SentencePiece model is for; the values are those of the file.</summary>
public enum SentencePieceType
{
    /// <summary>A piece of text.</summary>
    Normal = 1,

    /// <summary>Stands for text that no piece has.</summary>
    Unknown = 2,

    /// <summary>Marks something, such as the end of a sentence, and never stands for text.</summary>
    Control = 3,

    /// <summary>A piece of text that is never cut.</summary>
    UserDefined = 4,

    /// <summary>A piece of text that is not used.</summary>
    Unused = 5,

    /// <summary>One byte of a character that no piece has.</summary>
    Byte = 6,
}
