using MLNet.Transformers.Tool.Scenarios;

namespace MLNet.Transformers.Tool.Search;

/// <summary>What a learner made of a trial.</summary>
/// <param name="Metrics">How good it is on what it was not trained on, what it is judged by first.</param>
/// <param name="Pace">How fast it was.</param>
/// <param name="Model">The model, the caller's to dispose; null where there is none to keep, as in a cross-validation.</param>
internal sealed record TrialRun(IReadOnlyList<Metric> Metrics, Pace Pace, ITransformer? Model) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => (Model as IDisposable)?.Dispose();
}
