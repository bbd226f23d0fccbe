using MLNet.Transformers.Tool;
using MLNet.Transformers.Tool.Search;

namespace MLNet.Transformers.Tests.Tool.Search;

/// <summary>Searches that end in the middle and go on in another process.</summary>
public sealed class ResumedSearchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(7)]
    public void AKilledSearchGoesOnWithTheTrialThatWasUnderWay(int killedAt)
    {
        using var whole = new ScriptedSearch { Question = new(600, Seed: 3), Space = ScriptedSearch.Endless };
        whole.Run(new());

        using var search = new ScriptedSearch { Question = new(600, Seed: 3), Space = ScriptedSearch.Endless };
        Assert.Throws<InvalidOperationException>(() => search.Run(new() { KilledAt = killedAt }));
        Assert.Equal(killedAt - 1, search.Results.Count);
        var secondsBefore = search.Seconds;
        var second = new ScriptedLearner();
        search.Run(second);
        Assert.Empty(second.Looks);
        Assert.Equal(Enumerable.Range(1, search.Results.Count), search.Results.Select(result => result.Number));
        var firstRound = whole.Results.Where(result => result.Rung == 0);
        Assert.Equal(firstRound, search.Results.Where(result => result.Rung == 0), (one, other) => one.Trial == other.Trial && one.Score == other.Score);
        Assert.Equal(search.Seconds, secondsBefore + second.Time.Seconds, 0.1);
        Assert.InRange(search.Seconds, 0.75 * 600, 1.05 * 600);
    }

    [Fact]
    public void ASearchThatWasDoneIsNotDoneAgain()
    {
        using var search = new ScriptedSearch();
        var best = search.Run(new());
        var second = new ScriptedLearner();
        Assert.Equal(best.Number, search.Run(second).Number);
        Assert.Empty(second.Runs);
    }

    [Fact]
    public void FailuresAndScoresThatAreNoNumberAreKept()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("search.json");
        var trial = new Trial(ModelSize.Small, 1e-3, 2, 120, 3);
        var state = new SearchState
        {
            Paces = [new(ModelSize.Small, null, 0, new(1, 0.1, 30, 4)), new(null, true, 60, new(1, 0.2, 30))],
            HasLooked = true,
            Candidates = [new(ModelSize.Small, 1e-3, 2, true), new(null, 1e-5, 4, false)],
            Rounds = new(1),
            Rungs = [new([0, 1], [new(1, 0, 0, trial), new(2, 0, 1, trial with { Size = null, MaxSteps = null })], 12.5)],
            Results =
            [
                new(1, 0, trial, [], TimeSpan.FromSeconds(1.5), "It diverged."),
                new(2, 0, trial with { Size = null }, [new("LogLoss", double.PositiveInfinity), new("BLEU", double.NaN)], TimeSpan.FromSeconds(3)),
            ],
        };
        using (var journal = SearchJournal.Open(path, new Dictionary<string, string>(), new SearchClock(new ScriptedTime())))
            journal.Write(state);
        using var reopened = SearchJournal.Open(path, new Dictionary<string, string>(), new SearchClock(new ScriptedTime()));
        Assert.True(reopened.WasThere);
        Assert.Equivalent(state, reopened.State, strict: true);
    }

    [Fact]
    public void AnotherSearchInTheFolderIsRefusedAndToldApart()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("search.json");
        using (SearchJournal.Open(path, new Dictionary<string, string> { ["--seed"] = "1", ["--train-time"] = "60" }, new SearchClock(new ScriptedTime())))
        {
        }
        var failure = Assert.Throws<InputException>(() =>
            SearchJournal.Open(path, new Dictionary<string, string> { ["--seed"] = "2", ["--train-time"] = "60", ["--cv-fold"] = "5" }, new SearchClock(new ScriptedTime())));
        Assert.Equal(
            $"Another search was begun in '{folder.Path}': --cv-fold was not given and is 5; --seed was 1 and is 2. The command of then goes on with it, and --force begins anew.",
            failure.Message);
    }

    [Fact]
    public void AJournalThatCannotBeReadIsNamed()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("search.json"), "{ \"Seconds\": ");
        var failure = Assert.Throws<InputException>(() => SearchJournal.Open(folder.File("search.json"), new Dictionary<string, string>(), new SearchClock(new ScriptedTime())));
        Assert.Contains(folder.File("search.json"), failure.Message, StringComparison.Ordinal);
        Assert.Contains("--force", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OneProcessAtATimeHasTheFolder()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("Model.search");
        using (SearchFolder.Open(path))
            Assert.Contains("in use", Assert.Throws<InputException>(() => SearchFolder.Open(path)).Message, StringComparison.Ordinal);
        using var again = SearchFolder.Open(path);
        Assert.True(Directory.Exists(path));
    }

    [Fact]
    public void OnlyTheBestModelIsKept()
    {
        using var folder = new TemporaryFolder();
        using var kept = SearchFolder.Open(folder.File("Model.search"));
        foreach (var number in new[] { 1, 2, 11 })
            File.WriteAllText(kept.Model(number), "a model");
        Directory.CreateDirectory(kept.Checkpoints(3, "fold-1"));
        kept.Clean(1);
        Assert.Equal([kept.Model(1)], Directory.GetFileSystemEntries(folder.File("Model.search")).Where(path => !path.EndsWith("lock", StringComparison.Ordinal)));
    }
}
