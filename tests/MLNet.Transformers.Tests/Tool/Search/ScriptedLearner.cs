using MLNet.Transformers.Tool.Scenarios;
using MLNet.Transformers.Tool.Search;

namespace MLNet.Transformers.Tests.Tool.Search;

/// <summary>Learns as a formula has it, in no time but that which it says to have passed.</summary>
internal sealed class ScriptedLearner : ILearner
{
    /// <summary>The time that passes.</summary>
    public ScriptedTime Time { get; } = new();

    /// <summary>How fast a size is in truth.</summary>
    public Func<ModelSize?, Pace> PaceOf { get; init; } = size => size switch
    {
        ModelSize.Tiny => new(2, 0.02, 100, 3),
        ModelSize.Small => new(2.5, 0.06, 100, 8),
        ModelSize.Medium => new(4, 0.2, 100, 25),
        _ => new(5, 0.5, 100),
    };

    /// <summary>How good a trial is, by what it is and the passes over the rows.</summary>
    public Func<Trial, double, double> Score { get; init; } = (_, passes) => 1 - 1 / (1 + passes);

    /// <summary>What is wrong with a trial; null for nothing.</summary>
    public Func<Trial, string?> Fault { get; init; } = _ => null;

    /// <summary>What is wrong with all trials that are more than a look; null for nothing.</summary>
    public string? FaultOfRuns { get; init; }

    /// <summary>How much longer a trial takes than its pace says.</summary>
    public Func<int, double> Slowness { get; init; } = _ => 1;

    /// <summary>The trial at which the process is killed, after half of its time; 0 for none.</summary>
    public int KilledAt { get; init; }

    public List<Trial> Looks { get; } = [];

    public List<Trial> Runs { get; } = [];

    public Pace Measure(Trial trial, CancellationToken cancellation)
    {
        Looks.Add(trial);
        var pace = PaceOf(trial.Size);
        Time.Pass(pace.Overhead + 1.5);
        return Fault(trial) is { } fault ? throw new TrialException(fault) : pace;
    }

    public TrialRun Run(int number, Trial trial, Pace pace, CancellationToken cancellation)
    {
        var truth = PaceOf(trial.Size);
        if (number == KilledAt)
        {
            Time.Pass(truth.Of(trial) / 2);
            throw new InvalidOperationException("killed");
        }
        Runs.Add(trial);
        Time.Pass(truth.Of(trial) * Slowness(number));
        return (FaultOfRuns ?? Fault(trial)) is { } fault
            ? throw new TrialException(fault)
            : new([new Metric("MicroAccuracy", Score(trial, truth.Steps(trial) / truth.StepsPerEpoch))], truth with { Step = truth.Step * Slowness(number) }, null);
    }
}
