namespace MLNet.Transformers.Tool.Search;

/// <summary>Plans the rounds of a search by the time that is left and the paces that were seen.</summary>
/// <param name="space">What there is to choose from.</param>
/// <param name="question">What the search is to answer, and in which time.</param>
internal sealed class SearchPlanner(SearchSpace space, SearchQuestion question)
{
    /// <summary>Share of the time in which sizes are looked at.</summary>
    private const double LookingShare = 0.15;

    /// <summary>Share of the time that the last trial has, about.</summary>
    private const double LastShare = 0.45;

    /// <summary>Seconds below which no trial learns from the texts before.</summary>
    private const double LeastToPretrain = 60;

    /// <summary>Steps below which a trial tells nothing.</summary>
    private const int TellingSteps = 50;

    /// <summary>How much longer than the last a trial of a candidate is, to be made.</summary>
    private const double Longer = 1.15;

    private bool CanPretrain => space.CanPretrain && question.Seconds >= LeastToPretrain;

    /// <summary>What is to be looked at, one after another, as the time allows.</summary>
    public IEnumerable<Trial> Looks(SearchJournal journal)
    {
        if (journal.State.HasLooked)
            yield break;
        IReadOnlyList<ModelSize?> sizes = space.Sizes.Count == 0 ? [null] : [.. space.Sizes.Select(size => (ModelSize?)size)];
        var began = journal.Clock.Seconds - journal.State.Paces.Sum(pace => pace.Pace.Overhead);
        foreach (var size in sizes.Where(size => journal.State.Paces.All(pace => pace.Size != size)))
        {
            var start = journal.Clock.Seconds;
            yield return new(size, MiddleRate(size), 1, null, CanPretrain ? 1 : 0);
            var now = journal.Clock.Seconds;
            var (took, all) = (now - start, now - began);
            if (all + took > LookingShare * question.Seconds || journal.State.Paces is [.., { Pace: var pace }] && !IsInReach(pace, question.Seconds - now))
                yield break;
        }
    }

    /// <summary>The search with its next round planned; null where it is at its end.</summary>
    public SearchState? Next(SearchState state, double secondsLeft)
    {
        var planned = state.Rungs.Count == 0 ? First(state, secondsLeft) : Later(state, secondsLeft);
        while (planned is { Rungs: [.., { Trials.Count: 0 }] })
            planned = Later(planned, secondsLeft);
        return planned;
    }

    /// <summary>The search without a trial that there is no time for, and without its candidate where that was never tried.</summary>
    public static SearchState Without(SearchState state, PlannedTrial dropped) => state with
    {
        Rungs = [.. state.Rungs.Select((rung, index) => index != dropped.Rung ? rung : rung with
        {
            Candidates = [.. rung.Candidates.Where(candidate => candidate != dropped.Candidate || state.LastOf(candidate) is not null)],
            Trials = [.. rung.Trials.Where(trial => trial != dropped)],
        })],
    };

    /// <summary>
    /// As many rounds as tell enough. Where all candidates can be tried for as long as may be, there are as many as the time allows, and
    /// how long that is is chosen as well.
    /// </summary>
    private SearchState First(SearchState state, double secondsLeft)
    {
        (SearchState State, double Last) Begin(Rounds rounds, IReadOnlyList<Candidate> candidates) =>
            Plan(state with { Rounds = rounds, Candidates = candidates }, [.. Enumerable.Range(0, candidates.Count)], secondsLeft);
        for (var rounds = Rounds.Most; ; rounds = new(rounds.Before - 1))
        {
            var (planned, last) = Begin(rounds, Draw(state, rounds.Candidates, epochsVary: false, secondsLeft));
            if (double.IsInfinity(last))
                return Begin(rounds, AsManyAsFit(state, Draw(state, Rounds.Most.Candidates, epochsVary: true, secondsLeft), secondsLeft / (1 + question.LastAgain))).State;
            if (rounds.Before == 0 || TellsEnough(planned, rounds.ShareOf(0) * last))
                return planned;
        }
    }

    /// <summary>The first candidates, tried for as long as may be; at least one.</summary>
    private static IReadOnlyList<Candidate> AsManyAsFit(SearchState state, IReadOnlyList<Candidate> candidates, double seconds)
    {
        var all = 0.0;
        return [.. candidates.TakeWhile((candidate, index) =>
        {
            var pace = state.PaceOf(candidate);
            all += pace.Of(candidate.Within(double.PositiveInfinity, pace));
            return index == 0 || all <= seconds;
        })];
    }

    private SearchState? Later(SearchState state, double secondsLeft)
    {
        if (state.Rungs.Count > state.Rounds.Before)
            return null;
        var ranked = question.Ranked(state.Rungs[^1].Candidates.Select(state.LastOf).OfType<TrialResult>()).Take(state.Rounds.CountOf(state.Rungs.Count)).ToArray();
        var candidateOf = state.Rungs.SelectMany(rung => rung.Trials).ToDictionary(trial => trial.Number, trial => trial.Candidate);
        return ranked.Length == 0 ? null : Plan(state, [.. ranked.Select(result => candidateOf[result.Number])], secondsLeft).State;
    }

    /// <summary>The search with a round planned, and the seconds of its last trial, whatever its candidate's most passes.</summary>
    private (SearchState State, double Last) Plan(SearchState state, IReadOnlyList<int> candidates, double secondsLeft)
    {
        var (rung, rounds) = (state.Rungs.Count, state.Rounds);
        double Cost(double seconds) => candidates.Select(index => state.Candidates[index]).Average(candidate =>
        {
            var pace = state.PaceOf(candidate);
            return pace.Of(candidate.Within(seconds, pace));
        });
        var last = rounds.LongestTrial(rung, secondsLeft, question.LastAgain, Cost);
        var trials = new List<PlannedTrial>();
        var number = state.Rungs.SelectMany(earlier => earlier.Trials).Select(trial => trial.Number).DefaultIfEmpty().Max() + 1;
        foreach (var index in candidates)
        {
            var candidate = state.Candidates[index];
            var pace = state.PaceOf(candidate);
            var trial = candidate.Within(rounds.ShareOf(rung) * last, pace);
            if (state.LastOf(index) is not { } before || pace.Of(trial) > Longer * pace.Of(before.Trial))
                trials.Add(new(number++, rung, index, trial));
        }
        return (state with { Rungs = [.. state.Rungs, new(candidates, trials, double.IsInfinity(last) ? null : Cost(last))] }, last);
    }

    /// <summary>Whether a time lets candidates learn for longer than they prepare, and for enough steps to tell one from another; or for as long as they may.</summary>
    private static bool TellsEnough(SearchState planned, double seconds) => seconds >= planned.Candidates.Average(candidate =>
    {
        var pace = planned.PaceOf(candidate);
        return Math.Min(pace.Overhead + Math.Max(pace.Overhead, TellingSteps * pace.Step), pace.Of(candidate.Within(double.PositiveInfinity, pace)));
    });

    private IReadOnlyList<Candidate> Draw(SearchState state, int count, bool epochsVary, double secondsLeft)
    {
        ModelSize[] sizes = [.. state.Paces.Where((pace, index) => pace.Size is not null && (index == 0 || IsInReach(pace.Pace, secondsLeft))).Select(pace => pace.Size!.Value)];
        return [.. Candidates.Draw(space, sizes, CanPretrain, epochsVary, count, question.Seed)
            .Select(candidate => candidate with { Pretrains = candidate.Pretrains && 4 * state.PaceOf(candidate).PretrainingEpoch <= LastShare * secondsLeft })];
    }

    /// <summary>Whether the last trial can pass over all rows once.</summary>
    private static bool IsInReach(Pace pace, double seconds) => pace.Overhead + pace.Epoch <= LastShare * seconds;

    private double MiddleRate(ModelSize? size)
    {
        var (least, greatest) = space.LearningRates(size);
        return Math.Sqrt(least * greatest);
    }
}
