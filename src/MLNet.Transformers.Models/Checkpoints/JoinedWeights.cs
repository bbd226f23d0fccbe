using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>Several checkpoints as one, the names of each behind a prefix; owns them.</summary>
internal sealed class JoinedWeights : IWeights
{
    private readonly IReadOnlyList<(string Prefix, IWeights Weights)> parts;
    private readonly Dictionary<string, (IWeights Weights, string Name)> sources = [];

    public JoinedWeights(string origin, IReadOnlyList<(string Prefix, IWeights Weights)> parts)
    {
        Origin = origin;
        this.parts = parts;
        foreach (var (prefix, weights) in parts)
            foreach (var name in weights.Tensors.Keys)
                sources.Add(prefix + name, (weights, name));
        Tensors = sources.ToDictionary(source => source.Key, source => source.Value.Weights.Tensors[source.Value.Name]);
    }

    public string Origin { get; }

    public IReadOnlyDictionary<string, TensorDescription> Tensors { get; }

    public Tensor Read(string name) => sources.TryGetValue(name, out var source)
        ? source.Weights.Read(source.Name)
        : throw new KeyNotFoundException($"'{Origin}' has no tensor '{name}'.");

    public void Dispose()
    {
        foreach (var (_, weights) in parts)
            weights.Dispose();
    }
}
