using MLNet.Transformers.Tool.Display;

namespace MLNet.Transformers.Tool.Search;

/// <summary>Finds out what to train within a time, and trains it.</summary>
/// <param name="learner">Makes the trials.</param>
/// <param name="space">What there is to choose from.</param>
/// <param name="question">What the search is to answer, and in which time.</param>
/// <param name="journal">Where the search stands, kept on disk.</param>
/// <param name="models">Keeps the best model so far, before the journal tells of it.</param>
/// <param name="display">Hears of it all.</param>
internal sealed class SuccessiveHalving(
    ILearner learner, SearchSpace space, SearchQuestion question, SearchJournal journal, IModelStore models, ISearchDisplay display)
{
    /// <summary>Share of the last trial's time that a trial before must leave it.</summary>
    private const double LeftForLast = 0.6;

    private readonly SearchPlanner planner = new(space, question);

    private double SecondsLeft => question.Seconds - journal.Clock.Seconds;

    private SearchState State
    {
        get => journal.State;
        set => journal.Write(value);
    }

    /// <summary>Goes through the search, or what is left of it; gives the best trial.</summary>
    /// <exception cref="InputException">Nothing could be trained.</exception>
    /// <exception cref="OperationCanceledException">It was ended; what is known until then is in the journal.</exception>
    public TrialResult Run(CancellationToken cancellation)
    {
        Look(cancellation);
        do
        {
            while (State.Due().FirstOrDefault() is { } planned)
            {
                if (IsWorthIt(planned))
                    Try(planned, cancellation);
                else
                    State = SearchPlanner.Without(State, planned);
            }
        }
        while (PlanNext());
        return question.Best(State.Results) ?? throw new InputException($"Nothing could be trained. {State.Results[0].Error}");
    }

    /// <summary>Sees how fast each size is, from the smallest up, as long as there is time for more.</summary>
    private void Look(CancellationToken cancellation)
    {
        TrialException? failure = null;
        foreach (var look in planner.Looks(journal))
        {
            display.Began(look.Size is null ? "Seeing how fast the model is" : $"Seeing how fast a {look.Size.ToString()!.ToLowerInvariant()} model is");
            try
            {
                State = State with { Paces = [.. State.Paces, new(look.Size, null, 0, learner.Measure(look, cancellation))] };
            }
            catch (TrialException exception)
            {
                failure = exception;
            }
        }
        if (State.Paces.Count == 0)
            throw new InputException($"Nothing could be trained. {failure?.Message}");
        State = State with { HasLooked = true };
    }

    private bool PlanNext()
    {
        if (planner.Next(State, SecondsLeft) is not { } planned)
            return false;
        State = planned;
        var trials = planned.Rungs[^1].Trials;
        var each = trials.Average(trial => planned.PaceOf(planned.Candidates[trial.Candidate]).Of(trial.Trial));
        display.RoundBegan(TrialText.Round(planned.Rungs.Count - 1, planned.Rounds, trials.Count, TimeSpan.FromSeconds(each), planned is { Rungs: [{ SecondsOfLast: null }] }));
        return true;
    }

    /// <summary>Whether a trial leaves the last one its time; it always does as long as nothing else succeeded.</summary>
    private bool IsWorthIt(PlannedTrial planned)
    {
        var rung = State.Rungs[planned.Rung];
        if (planned.Rung >= State.Rounds.Before || question.Best(State.Results) is null)
            return true;
        var expected = State.PaceOf(State.Candidates[planned.Candidate]).Of(planned.Trial);
        return SecondsLeft - expected >= LeftForLast * rung.SecondsOfLast.GetValueOrDefault();
    }

    private void Try(PlannedTrial planned, CancellationToken cancellation)
    {
        var candidate = State.Candidates[planned.Candidate];
        var pace = State.PaceOf(candidate);
        var begin = journal.Clock.Seconds;
        TimeSpan Taken() => TimeSpan.FromSeconds(journal.Clock.Seconds - begin);
        display.TrialBegan(planned, TimeSpan.FromSeconds(pace.Of(planned.Trial)));
        try
        {
            using var run = learner.Run(planned.Number, planned.Trial, pace, cancellation);
            var result = new TrialResult(planned.Number, planned.Rung, planned.Trial, run.Metrics, Taken());
            End(result, run);
            State = State with { Paces = [.. State.Paces, new(candidate.Size, candidate.Pretrains, pace.Steps(planned.Trial), run.Pace)] };
        }
        catch (TrialException exception)
        {
            End(new(planned.Number, planned.Rung, planned.Trial, [], Taken(), exception.Message), null);
        }
    }

    private void End(TrialResult result, TrialRun? run)
    {
        var isBest = question.Best([.. State.Results, result]) == result;
        if (isBest && run?.Model is { } model)
            models.Keep(result.Number, model);
        State = State with { Results = [.. State.Results, result] };
        models.Clean(question.Best(State.Results)?.Number);
        display.TrialEnded(result, isBest);
    }
}
