namespace MLNet.Transformers.Tokenizers;

/// <summary>What tokenizers ask of a character.</summary>
[Flags]
internal enum CharacterKind : byte
{
    None = 0,

    /// <summary>A letter (L).</summary>
    Letter = 1,

    /// <summary>A number of any kind (N).</summary>
    Number = 2,

    /// <summary>White space (White_Space).</summary>
    WhiteSpace = 4,

    /// <summary>Punctuation (P), or any ASCII character that is printed and no letter, digit or space.</summary>
    Punctuation = 8,

    /// <summary>Part of a word (letters, marks, decimal digits, connecting punctuation, joiners).</summary>
    Word = 16,

    /// <summary>A control, format or private-use character (Cc, Cf, Co).</summary>
    Control = 32,

    /// <summary>A Chinese character in the eyes of BERT.</summary>
    Ideograph = 64,

    /// <summary>A mark (M).</summary>
    Mark = 128,
}
