using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>Element type and shape of a stored tensor.</summary>
/// <param name="Type">Type of an element.</param>
/// <param name="Shape">Size of each dimension; empty for a single value.</param>
public sealed record TensorDescription(ScalarType Type, IReadOnlyList<long> Shape);
