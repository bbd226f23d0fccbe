namespace MLNet.Transformers.Models;

/// <summary>A model read from a folder, and what of its head the folder had no weights for.</summary>
/// <param name="Model">The model; the caller disposes it.</param>
/// <param name="FreshWeights">Published names of the head's weights that are random, to be trained; empty when the head is the published one.</param>
public sealed record PretrainedModel(TextModel Model, IReadOnlyList<string> FreshWeights);
