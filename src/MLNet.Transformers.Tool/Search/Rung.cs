namespace MLNet.Transformers.Tool.Search;

/// <summary>A round of a search.</summary>
/// <param name="Candidates">Those that are still in it, by their places among all.</param>
/// <param name="Trials">What is tried of them; not of one that could not be tried for longer than before.</param>
/// <param name="SecondsOfLast">What the last trial of the search was planned to take; null where all can be tried for as long as they may.</param>
internal sealed record Rung(IReadOnlyList<int> Candidates, IReadOnlyList<PlannedTrial> Trials, double? SecondsOfLast);
