using MLNet.Transformers.Tool.Search;

namespace MLNet.Transformers.Tests.Tool.Search;

/// <summary>A search over scripted trials, with its journal in a folder of its own.</summary>
internal sealed class ScriptedSearch : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SilentDisplay display = new();

    /// <summary>What time alone bounds.</summary>
    public static SearchSpace Endless { get; } = new()
    {
        Sizes = [ModelSize.Tiny, ModelSize.Small, ModelSize.Medium],
        LearningRates = _ => (1e-4, 1e-2),
        MaxEpochs = 100_000,
        CanPretrain = true,
    };

    /// <summary>What there is to choose from.</summary>
    public SearchSpace Space { get; init; } = Endless with { MaxEpochs = 10 };

    /// <summary>What it is to answer.</summary>
    public SearchQuestion Question { get; init; } = new(600, Seed: 1);

    /// <summary>The results of all that was tried, in this run and those before.</summary>
    public IReadOnlyList<TrialResult> Results { get; private set; } = [];

    /// <summary>Seconds that it took.</summary>
    public double Seconds { get; private set; }

    /// <summary>Runs it, or goes on with it.</summary>
    /// <param name="learner">What makes the trials.</param>
    /// <param name="cancellation">Ends it.</param>
    public TrialResult Run(ScriptedLearner learner, CancellationToken cancellation = default)
    {
        using var journal = SearchJournal.Open(folder.File("search.json"), new Dictionary<string, string>(), new SearchClock(learner.Time));
        try
        {
            return new SuccessiveHalving(learner, Space, Question, journal, display, display).Run(cancellation);
        }
        finally
        {
            (Results, Seconds) = (journal.State.Results, journal.Clock.Seconds);
        }
    }

    public void Dispose() => folder.Dispose();
}
