namespace MLNet.Transformers.Tool.Scenarios;

/// <summary>A measure of how good a model is.</summary>
/// <param name="Name">What it is called in ML.NET, such as "MicroAccuracy".</param>
/// <param name="Value">The measure.</param>
internal sealed record Metric(string Name, double Value);
