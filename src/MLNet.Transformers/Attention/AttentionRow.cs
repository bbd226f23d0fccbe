using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Transformers;

/// <summary>One row's attention as it stands in the column.</summary>
internal static class AttentionRow
{
    /// <summary>The weights of all layers one after another, or rolled out to one matrix.</summary>
    /// <param name="layers">(heads, queries, keys) each, without padding; disposed.</param>
    /// <param name="rollout">How layers are rolled out; null for all of them.</param>
    public static float[] Read(IReadOnlyList<Tensor> layers, AttentionRollout? rollout)
    {
        using var scope = NewDisposeScope();
        var values = rollout is null ? stack(layers) : rollout.Of([.. layers.Select(layer => layer.to(ScalarType.Float32))]);
        var result = values.to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
        foreach (var layer in layers)
            layer.Dispose();
        return result;
    }
}
