using Microsoft.ML.Runtime;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers;

/// <summary>Weights that go from a model to another one of the same family.</summary>
internal static class WeightTransfer
{
    /// <summary>Copies what has the same name and shape.</summary>
    /// <param name="source">Where from; it stays as it is.</param>
    /// <param name="target">Where to.</param>
    /// <param name="withHead">Whether the head goes along, or the backbone alone.</param>
    /// <param name="channel">Hears which of the target's parameters keep their random weights.</param>
    public static void Copy(Module source, Module target, bool withHead, IChannel channel)
    {
        var weights = source.named_parameters()
            .Where(pair => withHead || pair.name.StartsWith("backbone.", StringComparison.Ordinal))
            .ToDictionary(pair => pair.name, pair => pair.parameter);
        var fresh = new List<string>();
        using var frozen = torch.no_grad();
        foreach (var (name, parameter) in target.named_parameters())
            if (weights.TryGetValue(name, out var weight) && weight.shape.SequenceEqual(parameter.shape))
                parameter.copy_(weight);
            else
                fresh.Add(name);
        if (fresh.Count > 0)
            channel.Info(MessageSensitivity.None, "The initial model was trained for another task or other classes; these start from random weights: {0}.", string.Join(", ", fresh));
    }
}
