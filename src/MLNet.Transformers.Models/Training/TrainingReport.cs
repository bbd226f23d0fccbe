using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>The curves of a training, and what it cost.</summary>
public sealed record TrainingReport
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>What the validation metric is called.</summary>
    public required string MetricName { get; init; }

    /// <summary>The loss in training, and the rate and the pace beside it.</summary>
    public required IReadOnlyList<TrainingPoint> Training { get; init; }

    /// <summary>The validations, none when there was nothing to validate on.</summary>
    public required IReadOnlyList<ValidationPoint> Validation { get; init; }

    /// <summary>The epoch, from 1, whose weights the model has; the last one when there was no validation.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>Steps made.</summary>
    public required long Steps { get; init; }

    /// <summary>Tokens that were learnt from, padding not counted.</summary>
    public required long Tokens { get; init; }

    /// <summary>Positions that were computed, padding included.</summary>
    public required long Positions { get; init; }

    /// <summary>Time that the steps took, validation not counted.</summary>
    public required TimeSpan TrainingTime { get; init; }

    /// <summary>Number of weights of the model.</summary>
    public required long Parameters { get; init; }

    /// <summary>Number of those that training could change.</summary>
    public required long TrainedParameters { get; init; }

    /// <summary>Tokens a second, padding not counted.</summary>
    public double TokensPerSecond => TrainingTime == TimeSpan.Zero ? 0 : Tokens / TrainingTime.TotalSeconds;

    /// <summary>Share of the computed positions that were padding.</summary>
    public double PaddingShare => Positions == 0 ? 0 : 1 - Tokens / (double)Positions;

    /// <summary>The report as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format);

    /// <summary>The curves as a picture in <see href="https://www.w3.org/TR/SVG2/">SVG</see>.</summary>
    public string ToSvg() => new ReportPlot(this).Draw();

    /// <summary>Writes <c>training.json</c> and <c>training.svg</c>; each appears whole or not at all.</summary>
    /// <param name="folder">The folder, which is made when it is not there.</param>
    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.Write(Path.Combine(folder, "training.json"), stream => stream.Write(Encoding.UTF8.GetBytes(ToJson())));
        AtomicFile.Write(Path.Combine(folder, "training.svg"), stream => stream.Write(Encoding.UTF8.GetBytes(ToSvg())));
    }
}

/// <summary>A point of the loss curve.</summary>
/// <param name="Step">Steps made.</param>
/// <param name="Epoch">The pass over the examples, from 1.</param>
/// <param name="Loss">Mean loss since the point before.</param>
/// <param name="LearningRate">Rate of the last step.</param>
/// <param name="TokensPerSecond">Tokens a second since the point before, padding not counted.</param>
public sealed record TrainingPoint(long Step, int Epoch, double Loss, double LearningRate, double TokensPerSecond);

/// <summary>A validation.</summary>
/// <param name="Step">Steps made.</param>
/// <param name="Epoch">The pass over the examples that it followed, from 1.</param>
/// <param name="Loss">The mean loss.</param>
/// <param name="Metric">The mean metric; more is better.</param>
public sealed record ValidationPoint(long Step, int Epoch, double Loss, double Metric);
