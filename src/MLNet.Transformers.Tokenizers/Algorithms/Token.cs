namespace MLNet.Transformers.Tokenizers;

/// <summary>A token and the characters of the word that it covers.</summary>
/// <param name="Id">The id in the vocabulary.</param>
/// <param name="Start">The index of the first UTF-16 unit.</param>
/// <param name="End">The index after the last UTF-16 unit.</param>
internal readonly record struct Token(int Id, int Start, int End);
