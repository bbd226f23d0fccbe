using MLNet.Transformers.Tool.Scenarios;

namespace MLNet.Transformers.Tool.Search;

/// <summary>A trial that was made.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Rung">The round of the search, from 0; survivors of one are tried for longer in the next.</param>
/// <param name="Trial">What was tried.</param>
/// <param name="Metrics">How good it is on what it was not trained on; the first is what it is judged by. Empty where it failed.</param>
/// <param name="Time">What it took, training and measuring.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
internal sealed record TrialResult(int Number, int Rung, Trial Trial, IReadOnlyList<Metric> Metrics, TimeSpan Time, string? Error = null)
{
    /// <summary>What it is judged by; NaN where it failed.</summary>
    public double Score => Metrics.Count > 0 ? Metrics[0].Value : double.NaN;
}
