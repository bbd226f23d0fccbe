namespace MLNet.Transformers.Models;

/// <summary>A sequence with a class for each token.</summary>
/// <param name="Tokens">The encoded text.</param>
/// <param name="Labels">Index of each token's class, from 0, as many as tokens; <see cref="Unlabelled"/> for tokens that nothing is learnt from.</param>
public sealed record TaggedSequence(TokenSequence Tokens, int[] Labels)
{
    /// <summary>Stands for no class.</summary>
    public const int Unlabelled = -1;
}
