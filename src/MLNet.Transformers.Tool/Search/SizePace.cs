namespace MLNet.Transformers.Tool.Search;

/// <summary>How fast a size was once.</summary>
/// <param name="Size">The size; null where the model starts from a folder.</param>
/// <param name="Pretrains">Whether it learnt from the texts before; null where it was only looked at.</param>
/// <param name="Steps">Steps of the trial that showed it; 0 of a look.</param>
/// <param name="Pace">How fast it was.</param>
internal sealed record SizePace(ModelSize? Size, bool? Pretrains, double Steps, Pace Pace);
