namespace MLNet.Transformers.Tool.Search;

/// <summary>What a search is to answer.</summary>
/// <param name="Seconds">The time that it has, training of the model that is kept included.</param>
/// <param name="Seed">Decides the candidates.</param>
/// <param name="GreaterIsBetter">Whether the greatest score wins, or the least.</param>
/// <param name="LastAgain">How many times the last trial is trained once more at the end, as on all rows after a cross-validation: a share of its time.</param>
internal sealed record SearchQuestion(double Seconds, int Seed, bool GreaterIsBetter = true, double LastAgain = 0)
{
    /// <summary>The best first; of equals the one that was made first; those that failed are left out.</summary>
    public IEnumerable<TrialResult> Ranked(IEnumerable<TrialResult> results)
    {
        var succeeded = results.Where(result => !double.IsNaN(result.Score));
        return GreaterIsBetter ? succeeded.OrderByDescending(result => result.Score) : succeeded.OrderBy(result => result.Score);
    }

    /// <summary>The best; null where none succeeded.</summary>
    public TrialResult? Best(IEnumerable<TrialResult> results) => Ranked(results).FirstOrDefault();
}
