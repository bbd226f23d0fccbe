namespace MLNet.Transformers.Tool.Search;

/// <summary>How fast a size is.</summary>
/// <param name="Size">The size; null where the model starts from a folder.</param>
/// <param name="Pretrains">Whether it learnt from the texts before; null where it was only looked at.</param>
/// <param name="Pace">How fast it is.</param>
internal sealed record SizePace(ModelSize? Size, bool? Pretrains, Pace Pace);
