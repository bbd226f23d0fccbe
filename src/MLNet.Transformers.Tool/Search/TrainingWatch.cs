using System.Diagnostics;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tool.Search;

/// <summary>Hears of a training: tells how fast it is, passes on how far it is, and ends it where it went wrong or was watched for long enough.</summary>
internal sealed class TrainingWatch : IProgress<TrainingProgress>, IDisposable
{
    private const int FewestReports = 4;

    private readonly Action<TrainingProgress> next;
    private readonly TimeSpan? most;
    private readonly CancellationTokenSource end;
    private (long Time, TrainingProgress Progress)? first;
    private (long Time, TrainingProgress Progress)? last;
    private int reports;

    /// <param name="next">Hears of it too.</param>
    /// <param name="most">How long it is watched before it is ended; null to let it go on.</param>
    /// <param name="cancellation">Ends it at once.</param>
    public TrainingWatch(Action<TrainingProgress> next, TimeSpan? most, CancellationToken cancellation)
    {
        this.next = next;
        this.most = most;
        end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    }

    /// <summary>Ends the training that is watched.</summary>
    public CancellationToken Token => end.Token;

    /// <summary>Whether the loss was no number.</summary>
    public bool HasDiverged { get; private set; }

    /// <summary>Seconds of a step; null where too little was heard.</summary>
    public double? Step => first is { } a && last is { } b && b.Progress.Step > a.Progress.Step
        ? Stopwatch.GetElapsedTime(a.Time, b.Time).TotalSeconds / (b.Progress.Step - a.Progress.Step)
        : null;

    /// <summary>Steps that were made from the first report on.</summary>
    public long Steps => first is { } a && last is { } b ? b.Progress.Step - a.Progress.Step : 0;

    /// <summary>Steps planned.</summary>
    public long PlannedSteps => last?.Progress.Steps ?? 0;

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        var now = Stopwatch.GetTimestamp();
        first ??= (now, value);
        last = (now, value);
        reports++;
        HasDiverged |= !double.IsFinite(value.Loss);
        next(value);
        if (HasDiverged || reports >= FewestReports && Stopwatch.GetElapsedTime(first.Value.Time, now) >= most)
            end.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose() => end.Dispose();
}
