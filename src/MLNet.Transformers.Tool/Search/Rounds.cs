namespace MLNet.Transformers.Tool.Search;

/// <summary>
/// The shape of a search: a round tries every candidate for a third of the time of the next one, which keeps the better half, down to the
/// one that is trained for as long as it can. It is the successive halving of
/// <see href="https://arxiv.org/abs/1502.07943">Jamieson and Talwalkar, 2016</see>, with more time for those that are left.
/// </summary>
/// <param name="Before">Rounds before the last one.</param>
internal readonly record struct Rounds(int Before)
{
    private const double Growth = 3;
    private static readonly int[] Counts = [1, 2, 4, 9, 20];

    /// <summary>The most of them.</summary>
    public static Rounds Most => new(Counts.Length - 1);

    /// <summary>Candidates of the first round.</summary>
    public int Candidates => CountOf(0);

    /// <summary>Candidates of a round.</summary>
    public int CountOf(int rung) => Counts[Before - rung];

    /// <summary>Time of a trial, as a share of that of the last.</summary>
    public double ShareOf(int rung) => Math.Pow(Growth, rung - Before);

    /// <summary>
    /// Seconds of the last trial with which the rounds from one on take a time: all trials as long as the time allows, none longer than
    /// its candidate's most passes. Infinite where even those fit.
    /// </summary>
    /// <param name="from">The first of these rounds.</param>
    /// <param name="seconds">The time.</param>
    /// <param name="lastAgain">How many times the last trial is trained once more, a share of its time.</param>
    /// <param name="cost">Seconds that the trials take on average which are planned for a time.</param>
    public double LongestTrial(int from, double seconds, double lastAgain, Func<double, double> cost)
    {
        var rounds = this;
        double All(double last) => Enumerable.Range(from, rounds.Before - from + 1)
            .Sum(rung => (rounds.CountOf(rung) + (rung == rounds.Before ? lastAgain : 0)) * cost(rounds.ShareOf(rung) * last));
        const double Endless = 1e9;
        if (All(Endless) <= seconds)
            return double.PositiveInfinity;
        var (least, most) = (0.0, seconds);
        while (All(most) < seconds)
            most *= 2;
        for (var step = 0; step < 50; step++)
        {
            var middle = (least + most) / 2;
            (least, most) = All(middle) > seconds ? (least, middle) : (middle, most);
        }
        return least;
    }
}
