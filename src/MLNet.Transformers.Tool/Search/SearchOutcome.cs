namespace MLNet.Transformers.Tool.Search;

/// <summary>What came of a search.</summary>
/// <param name="Best">The trial whose model is kept.</param>
/// <param name="Model">That model: the whole pipeline.</param>
/// <param name="Trials">All trials, in their order.</param>
internal sealed record SearchOutcome(TrialResult Best, ITransformer Model, IReadOnlyList<TrialResult> Trials);
