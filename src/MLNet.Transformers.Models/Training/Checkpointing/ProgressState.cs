using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>What a training has counted, as a checkpoint keeps it.</summary>
internal sealed record ProgressState
{
    public long Step { get; init; }

    /// <summary>Tokens that were learnt from, padding not counted.</summary>
    public long Tokens { get; init; }

    /// <summary>Positions that were computed, padding included.</summary>
    public long Positions { get; init; }

    /// <summary>Time that steps took.</summary>
    public TimeSpan Time { get; init; }

    /// <summary>Sum of the losses since the last point.</summary>
    public double Losses { get; init; }

    public int SinceReport { get; init; }

    public double LastRate { get; init; }

    public TimeSpan TimeOfLastPoint { get; init; }

    public long TokensOfLastPoint { get; init; }

    public ImmutableList<TrainingPoint> Training { get; init; } = [];

    public ImmutableList<ValidationPoint> Validation { get; init; } = [];

    [JsonIgnore]
    public double TokensPerSecond => Time == TimeSpan.Zero ? 0 : Tokens / Time.TotalSeconds;

    [JsonIgnore]
    public double PaddingShare => Positions == 0 ? 0 : 1 - Tokens / (double)Positions;
}
