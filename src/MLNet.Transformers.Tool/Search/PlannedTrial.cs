namespace MLNet.Transformers.Tool.Search;

/// <summary>A trial to be made.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Rung">The round of the search, from 0.</param>
/// <param name="Candidate">The place of its candidate among those of the search.</param>
/// <param name="Trial">What is tried.</param>
internal sealed record PlannedTrial(int Number, int Rung, int Candidate, Trial Trial);
