using MLNet.Transformers.Tool;
using MLNet.Transformers.Tool.Search;

namespace MLNet.Transformers.Tests.Tool.Search;

/// <summary>The search over trials whose times and scores follow from a script.</summary>
public sealed class SuccessiveHalvingTests
{
    [Theory]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(600)]
    [InlineData(3600)]
    public void TheTimeIsKeptAndTheLastTrialHasAGoodShareOfIt(double seconds)
    {
        using var search = new ScriptedSearch { Question = new(seconds, Seed: 1), Space = ScriptedSearch.Endless };
        search.Run(new());
        Assert.InRange(search.Seconds, 0.85 * seconds, 1.02 * seconds);
        Assert.InRange(search.Results[^1].Time.TotalSeconds, 0.33 * seconds, 0.65 * seconds);
    }

    [Theory]
    [InlineData(0.7)]
    [InlineData(1.4)]
    public void TheTimeIsKeptOnAMachineWhoseSpeedChanges(double slowness)
    {
        using var search = new ScriptedSearch { Question = new(600, Seed: 1), Space = ScriptedSearch.Endless };
        search.Run(new() { Slowness = number => number % 3 == 0 ? slowness : 1 });
        Assert.InRange(search.Seconds, 0.75 * 600, 1.1 * 600);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void TheRightCandidateWins(int seed)
    {
        // The best there is: a small model at a rate of 1e-3, trained before on the texts, for long.
        static double Score(Trial trial, double passes) =>
            1 - 0.2 * Math.Pow(Math.Log10(trial.LearningRate / 1e-3), 2) - 0.5 / (1 + passes)
            + (trial.Size == ModelSize.Small ? 0.1 : 0) + (trial.PretrainingEpochs > 0 ? 0.1 : 0);
        using var search = new ScriptedSearch { Question = new(3600, seed), Space = ScriptedSearch.Endless };
        var best = search.Run(new() { Score = Score }).Trial;
        Assert.Equal(ModelSize.Small, best.Size);
        Assert.InRange(best.LearningRate, 4e-4, 2.5e-3);
        Assert.True(best.PretrainingEpochs > 0);
        Assert.Equal(search.Results[^1].Trial, best);
    }

    [Fact]
    public void TheLeastScoreWinsWhereLessIsBetter()
    {
        using var search = new ScriptedSearch { Question = new(600, Seed: 1, GreaterIsBetter: false) };
        var best = search.Run(new() { Score = (trial, passes) => 10 + Math.Abs(Math.Log10(trial.LearningRate / 1e-3)) - passes / 10 });
        Assert.Equal(search.Results.Min(result => result.Score), best.Score);
    }

    [Fact]
    public void TheSeedDecidesTheTrials()
    {
        IReadOnlyList<Trial> Tried(int seed)
        {
            using var search = new ScriptedSearch { Question = new(600, seed) };
            search.Run(new());
            return [.. search.Results.Select(result => result.Trial)];
        }
        Assert.Equal(Tried(1), Tried(1));
        Assert.NotEqual(Tried(1), Tried(2));
    }

    [Fact]
    public void OfEqualsTheFirstWins()
    {
        using var search = new ScriptedSearch();
        Assert.Equal(1, search.Run(new() { Score = (_, _) => 0.5 }).Number);
    }

    [Fact]
    public void WhenNothingCanBeTrainedItSaysWhy()
    {
        using var search = new ScriptedSearch();
        var failure = Assert.Throws<InputException>(() => search.Run(new() { Fault = _ => "There is no memory left." }));
        Assert.Equal("Nothing could be trained. There is no memory left.", failure.Message);
    }

    [Fact]
    public void WhenAllTrialsFailItSaysWhy()
    {
        using var search = new ScriptedSearch();
        var failure = Assert.Throws<InputException>(() => search.Run(new() { FaultOfRuns = "It diverged." }));
        Assert.Equal("Nothing could be trained. It diverged.", failure.Message);
        Assert.All(search.Results, result => Assert.Equal("It diverged.", result.Error));
    }

    [Fact]
    public void TrialsThatFailLoseAndTheOthersGoOn()
    {
        using var search = new ScriptedSearch { Question = new(3600, Seed: 1) };
        var best = search.Run(new() { Fault = trial => trial.LearningRate > 2e-3 ? "It diverged." : null, Score = (trial, passes) => trial.LearningRate + passes / 1e6 });
        Assert.Contains(search.Results, result => result.Error is not null);
        Assert.InRange(best.Trial.LearningRate, 1e-4, 2e-3);
        Assert.Null(best.Error);
    }

    [Fact]
    public void WhereTheLongestTrialFailsTheBestOfTheOthersWins()
    {
        using var search = new ScriptedSearch { Question = new(600, Seed: 1), Space = ScriptedSearch.Endless };
        var learner = new ScriptedLearner();
        search.Run(learner);
        var longest = learner.Runs[^1];
        using var again = new ScriptedSearch { Question = new(600, Seed: 1), Space = ScriptedSearch.Endless };
        var best = again.Run(new() { Fault = trial => trial == longest ? "It diverged." : null });
        Assert.Equal("It diverged.", again.Results[^1].Error);
        Assert.Equal(again.Results.Max(result => result.Error is null ? result.Score : 0), best.Score);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public void WithHardlyAnyTimeThereIsOneTrialOfTheSmallestSizeAtTheMiddleRate(double seconds)
    {
        using var search = new ScriptedSearch { Question = new(seconds, Seed: 5) };
        var best = search.Run(new());
        var only = Assert.Single(search.Results);
        Assert.Equal(best, only);
        Assert.Equal((ModelSize.Tiny, 1e-3, 0), (only.Trial.Size, only.Trial.LearningRate, only.Trial.PretrainingEpochs));
        Assert.InRange(search.Seconds, 0, seconds + 6);
    }

    [Fact]
    public void WithAFolderToStartFromOnlyRatesAndPassesAreChosen()
    {
        using var search = new ScriptedSearch
        {
            Space = new() { Sizes = [], LearningRates = _ => (1e-5, 1e-4), MaxEpochs = 6 },
            Question = new(3600, Seed: 1),
        };
        search.Run(new() { PaceOf = _ => new(5, 0.2, 100) });
        Assert.All(search.Results, result => Assert.Null(result.Trial.Size));
        Assert.All(search.Results, result => Assert.InRange(result.Trial.LearningRate, 1e-5, 1e-4));
        Assert.Equal(20, search.Results.Select(result => result.Trial.LearningRate).Distinct().Count());
    }

    [Fact]
    public void WhereTheLastRoundsCannotBeLongerTheFirstAre()
    {
        // 20 trials of six passes, 125 s each, would fit; 36 would not.
        using var search = new ScriptedSearch { Space = ScriptedSearch.Endless with { MaxEpochs = 6, CanPretrain = false }, Question = new(3600, Seed: 1) };
        search.Run(new() { PaceOf = _ => new(5, 0.2, 100) });
        Assert.Equal(20, search.Results.Count(result => result.Rung == 0));
        Assert.InRange(search.Seconds, 0.7 * 3600, 3600);
        Assert.Contains(search.Results, result => result.Trial is { Epochs: 6, MaxSteps: null });
    }

    [Fact]
    public void TimeThatTheWinnerCannotUseIsUsedByOthers()
    {
        // The tiny model wins and is done after six passes, 14 s, which leaves most of the time.
        using var search = new ScriptedSearch { Space = ScriptedSearch.Endless with { MaxEpochs = 6 }, Question = new(200, Seed: 1) };
        search.Run(new() { Score = (trial, _) => trial.Size == ModelSize.Tiny ? 1 : 0 });
        Assert.InRange(search.Seconds, 0.85 * 200, 1.05 * 200);
        Assert.Contains(search.Results, result => result.Rung > 0 && result.Trial.Size != ModelSize.Tiny);
    }

    [Fact]
    public void FewDataDoNotUseUpALongTime()
    {
        using var search = new ScriptedSearch { Question = new(3600, Seed: 1) };
        search.Run(new() { PaceOf = _ => new(0.1, 0.001, 10, 0.02) });
        Assert.InRange(search.Seconds, 0, 60);
        Assert.Equal(20, search.Results.Count);
        Assert.Contains(search.Results, result => result.Trial is { Epochs: 10, MaxSteps: null });
        Assert.All(search.Results, result => Assert.Null(result.Trial.MaxSteps));
    }

    [Fact]
    public void ASizeThatIsTooSlowForTheTimeIsNotTried()
    {
        using var search = new ScriptedSearch { Question = new(120, Seed: 1) };
        search.Run(new() { PaceOf = size => size == ModelSize.Medium ? new(4, 1, 200, 100) : new(1, 0.02, 100, 2) });
        Assert.DoesNotContain(search.Results, result => result.Trial.Size == ModelSize.Medium);
        Assert.Contains(search.Results, result => result.Trial.Size == ModelSize.Small);
    }

    [Fact]
    public void EveryRoundTrainsItsCandidatesForLongerThanTheOneBefore()
    {
        using var search = new ScriptedSearch { Question = new(3600, Seed: 1), Space = ScriptedSearch.Endless };
        search.Run(new());
        var rounds = search.Results.GroupBy(result => result.Rung).OrderBy(round => round.Key).ToArray();
        Assert.Equal([20, 9, 4, 2, 1], rounds.Select(round => round.Count()));
        foreach (var (round, next) in rounds.Zip(rounds.Skip(1)))
            Assert.InRange(next.Average(result => result.Time.TotalSeconds) / round.Average(result => result.Time.TotalSeconds), 2.3, 4);
    }

    [Fact]
    public void AfterACrossValidationThereIsTimeForTrainingOnAllRows()
    {
        using var search = new ScriptedSearch { Question = new(600, Seed: 1, LastAgain: 0.25), Space = ScriptedSearch.Endless };
        search.Run(new());
        var last = search.Results[^1].Time.TotalSeconds;
        Assert.InRange(search.Seconds + 0.25 * last, 0.85 * 600, 1.02 * 600);
    }
}
