namespace MLNet.Transformers.Models;

/// <summary>How predicted classes of tokens are measured against true ones.</summary>
/// <param name="Name">What the metric is called.</param>
/// <param name="Compare">From the true classes of a sequence's labelled tokens and the predicted ones, a part of the metric and of what it is divided by in the end.</param>
public sealed record TagMeasure(string Name, Func<IReadOnlyList<int>, IReadOnlyList<int>, (double Metric, double Count)> Compare);
