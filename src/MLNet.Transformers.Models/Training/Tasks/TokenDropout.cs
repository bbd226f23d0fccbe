namespace MLNet.Transformers.Models;

/// <summary>Hides tokens at random in training, so that no answer hangs on one word.</summary>
/// <param name="Probability">Probability with which a token is replaced.</param>
/// <param name="ReplacementId">The id that stands for it: that of the unknown or the mask token.</param>
/// <param name="KeptIds">Ids that are never replaced: those of the special tokens.</param>
public sealed record TokenDropout(double Probability, int ReplacementId, IReadOnlySet<int> KeptIds)
{
    /// <summary>A copy of a sequence with some tokens replaced.</summary>
    public TokenSequence Apply(TokenSequence sequence, Random random) => sequence with
    {
        Ids = Array.ConvertAll(sequence.Ids, id => random.NextDouble() < Probability && !KeptIds.Contains(id) ? ReplacementId : id),
    };
}
