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

    /// <summary>Share of the time from which on what is left after the last round is used.</summary>
    private const double WorthUsing = 0.15;

    /// <summary>How much longer than the last a trial of a candidate is, to be made.</summary>
    private const double LongerByAtLeast = 1.15;

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
    /// As many rounds as tell enough. Where all candidates can be tried for as long as may be, there are as many as the time allows; where
    /// it allows all, how long that is is chosen as well.
    /// </summary>
    private SearchState First(SearchState state, double secondsLeft)
    {
        (SearchState State, double Last) Begin(Rounds rounds, IReadOnlyList<Candidate> candidates) =>
            Plan(state with { Rounds = rounds, Candidates = candidates }, [.. Enumerable.Range(0, candidates.Count)], secondsLeft);
        for (var rounds = Rounds.Most; ; rounds = new(rounds.Before - 1))
        {
            var (planned, last) = Begin(rounds, Draw(state, rounds.Candidates, epochsVary: false, secondsLeft));
            if (double.IsInfinity(last))
            {
                var fitting = AsManyAsFit(state, Draw(state, Rounds.Most.Candidates, epochsVary: false, secondsLeft), secondsLeft / (1 + question.LastAgain));
                return Begin(rounds, fitting.Count < Rounds.Most.Candidates ? fitting : Draw(state, fitting.Count, epochsVary: true, secondsLeft)).State;
            }
            if (rounds.Before == 0 || TellsEnough(planned.Candidates, planned, rounds.ShareOf(0) * last))
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
            return secondsLeft > WorthUsing * question.Seconds && question.LastAgain == 0 ? Longer(state, secondsLeft) ?? Further(state, secondsLeft) : null;
        var ranked = question.Ranked(state.Rungs[^1].Candidates.Select(state.LastOf).OfType<TrialResult>()).Take(state.Rounds.CountOf(state.Rungs.Count)).ToArray();
        var candidateOf = state.Rungs.SelectMany(rung => rung.Trials).ToDictionary(trial => trial.Number, trial => trial.Candidate);
        return ranked.Length == 0 ? null : Plan(state, [.. ranked.Select(result => candidateOf[result.Number])], secondsLeft).State;
    }

    /// <summary>After the last round: the best candidate that can be tried for longer in what is left; null where there is none.</summary>
    private SearchState? Longer(SearchState state, double secondsLeft)
    {
        var numbers = state.Rungs.SelectMany(rung => rung.Trials).ToDictionary(trial => trial.Number, trial => trial.Candidate);
        foreach (var before in question.Ranked(Enumerable.Range(0, state.Candidates.Count).Select(state.LastOf).OfType<TrialResult>()))
        {
            var candidate = state.Candidates[numbers[before.Number]];
            var pace = state.PaceOf(candidate);
            var trial = candidate.Within(secondsLeft, pace);
            if (pace.Of(trial) <= secondsLeft && pace.Of(trial) > LongerByAtLeast * pace.Of(before.Trial))
                return With(state, numbers[before.Number], trial);
        }
        return null;
    }

    /// <summary>After the last round: another candidate, where what is left is enough for it; null where it is not, or where there were enough of them.</summary>
    private SearchState? Further(SearchState state, double secondsLeft)
    {
        if (state.Candidates.Count >= Rounds.Most.Candidates)
            return null;
        ModelSize[] sizes = [.. state.Candidates.Select(candidate => candidate.Size).OfType<ModelSize>().Distinct().Order()];
        var pretrains = state.Candidates.Any(candidate => candidate.Pretrains);
        var further = Candidates.Draw(space, sizes, pretrains, epochsVary: false, state.Candidates.Count + 1, question.Seed)[^1];
        var more = state with { Candidates = [.. state.Candidates, further] };
        var pace = state.PaceOf(further);
        var trial = further.Within(secondsLeft, pace);
        return pace.Of(trial) <= secondsLeft && TellsEnough([further], state, pace.Of(trial)) ? With(more, state.Candidates.Count, trial) : null;
    }

    private static SearchState With(SearchState state, int candidate, Trial trial) => state with
    {
        Rungs = [.. state.Rungs, new([candidate], [new(NextNumber(state), state.Rungs.Count, candidate, trial)], null)],
    };

    private static int NextNumber(SearchState state) => state.Rungs.SelectMany(rung => rung.Trials).Select(trial => trial.Number).DefaultIfEmpty().Max() + 1;

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
        var number = NextNumber(state);
        foreach (var index in candidates)
        {
            var candidate = state.Candidates[index];
            var pace = state.PaceOf(candidate);
            var trial = candidate.Within(rounds.ShareOf(rung) * last, pace);
            if (state.LastOf(index) is not { } before || pace.Of(trial) > LongerByAtLeast * pace.Of(before.Trial))
                trials.Add(new(number++, rung, index, trial));
        }
        return (state with { Rungs = [.. state.Rungs, new(candidates, trials, double.IsInfinity(last) ? null : Cost(last))] }, last);
    }

    /// <summary>Whether a time lets candidates learn for longer than they prepare, and for enough steps to tell one from another; or for as long as they may.</summary>
    private static bool TellsEnough(IReadOnlyList<Candidate> candidates, SearchState state, double seconds) => seconds >= candidates.Average(candidate =>
    {
        var pace = state.PaceOf(candidate);
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
