namespace MLNet.Transformers.Tool.Search;

/// <summary>How far a search is: enough to go on with it in another process.</summary>
internal sealed record SearchState
{
    /// <summary>What was asked for, by option; a search goes on only where all of it is the same.</summary>
    public IReadOnlyDictionary<string, string> Asked { get; init; } = new Dictionary<string, string>();

    /// <summary>Seconds that it took until now.</summary>
    public double Seconds { get; init; }

    /// <summary>How fast each size was at a look, and then in trials.</summary>
    public IReadOnlyList<SizePace> Paces { get; init; } = [];

    /// <summary>Whether all sizes were looked at that there is time for.</summary>
    public bool HasLooked { get; init; }

    /// <summary>What there is to choose among; empty while nothing is planned.</summary>
    public IReadOnlyList<Candidate> Candidates { get; init; } = [];

    /// <summary>The shape of the search, by its number of rounds before the last.</summary>
    public Rounds Rounds { get; init; }

    /// <summary>The rounds begun.</summary>
    public IReadOnlyList<Rung> Rungs { get; init; } = [];

    /// <summary>The trials made.</summary>
    public IReadOnlyList<TrialResult> Results { get; init; } = [];

    /// <summary>Trials that are planned and not made yet.</summary>
    public IEnumerable<PlannedTrial> Due() =>
        Rungs.SelectMany(rung => rung.Trials).Where(trial => Results.All(result => result.Number != trial.Number));

    /// <summary>How fast a candidate is: as the trials of the kind were on average, each step counting alike, or else as its size was at a look.</summary>
    public Pace PaceOf(Candidate candidate)
    {
        var (look, trials) = (Paces.First(pace => pace.Size == candidate.Size), Paces.Where(pace => pace.Size == candidate.Size && pace.Pretrains == candidate.Pretrains).ToArray());
        double Mean(Func<Pace, double> of) => trials.Sum(trial => trial.Steps * of(trial.Pace)) / trials.Sum(trial => trial.Steps);
        return trials.Length == 0 ? look.Pace : new(Mean(pace => pace.Overhead), Mean(pace => pace.Step), look.Pace.StepsPerEpoch, Mean(pace => pace.PretrainingEpoch));
    }

    /// <summary>The last result of a candidate; null where there is none.</summary>
    public TrialResult? LastOf(int candidate) =>
        Rungs.SelectMany(rung => rung.Trials).Where(trial => trial.Candidate == candidate)
            .Join(Results, trial => trial.Number, result => result.Number, (_, result) => result).LastOrDefault();

    /// <summary>The candidate that a result is of.</summary>
    public Candidate CandidateOf(TrialResult result) =>
        Candidates[Rungs.SelectMany(rung => rung.Trials).Single(trial => trial.Number == result.Number).Candidate];
}
