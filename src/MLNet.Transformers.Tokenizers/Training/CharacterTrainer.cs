namespace MLNet.Transformers.Tokenizers;

/// <summary>Takes the most frequent characters as tokens, one for each code point, spaces and line ends included.</summary>
/// <remarks>What is learned is a vocabulary of words of one character.</remarks>
public sealed record CharacterTrainer : WordLevelTrainer
{
    /// <summary>Settings for characters as they are written.</summary>
    public CharacterTrainer()
    {
        PreTokenizer = new FixedLengthPreTokenizer(1);
    }

    private protected override TokenDecoder? MakeDecoder() => new FuseDecoder();
}
