using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>The attention weights of one input, layers × heads × queries × keys: how much each query takes of each key.</summary>
public sealed class AttentionWeights
{
    private readonly float[] values;

    /// <param name="values">The weights, keys last; they are not copied.</param>
    /// <param name="layers">Number of layers.</param>
    /// <param name="heads">Number of heads a layer.</param>
    /// <param name="queries">Number of tokens that look.</param>
    /// <param name="keys">Number of tokens that are looked at.</param>
    /// <exception cref="ArgumentException">The sizes are not those of the values, or a value is no finite number or less than 0.</exception>
    public AttentionWeights(float[] values, int layers, int heads, int queries, int keys)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (layers < 1 || heads < 1 || queries < 1 || keys < 1 || (long)layers * heads * queries * keys != values.Length)
            throw new ArgumentException($"{values.Length} weights are not {layers} layers × {heads} heads × {queries} queries × {keys} keys.", nameof(values));
        if (Array.FindIndex(values, value => !(value >= 0 && float.IsFinite(value))) is >= 0 and var odd)
            throw new ArgumentException($"Weight {odd} is {values[odd]}, which no attention weight can be.", nameof(values));
        this.values = values;
        (Layers, Heads, Queries, Keys) = (layers, heads, queries, keys);
    }

    /// <summary>Number of layers.</summary>
    public int Layers { get; }

    /// <summary>Number of heads a layer.</summary>
    public int Heads { get; }

    /// <summary>Number of tokens that look.</summary>
    public int Queries { get; }

    /// <summary>Number of tokens that are looked at.</summary>
    public int Keys { get; }

    /// <summary>All weights, keys last.</summary>
    public ReadOnlySpan<float> Values => values;

    /// <summary>The weights of tokens among themselves, whose number follows from that of the values.</summary>
    /// <param name="values">The weights, keys last; they are not copied.</param>
    /// <param name="layers">Number of layers.</param>
    /// <param name="heads">Number of heads a layer.</param>
    /// <exception cref="ArgumentException">The values are not as many as so many layers and heads can have.</exception>
    public static AttentionWeights AmongTokens(float[] values, int layers = 1, int heads = 1)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        var tokens = (int)Math.Round(Math.Sqrt(values.Length / ((double)layers * heads)));
        return new(values, layers, heads, tokens, tokens);
    }

    /// <summary>The weights of a head, queries × keys.</summary>
    /// <param name="layer">The layer, from 0.</param>
    /// <param name="head">The head, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer or head.</exception>
    public ReadOnlySpan<float> Of(int layer, int head)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layer);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(layer, Layers);
        ArgumentOutOfRangeException.ThrowIfNegative(head);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(head, Heads);
        return values.AsSpan((layer * Heads + head) * Queries * Keys, Queries * Keys);
    }

    /// <summary>The mean over some layers and heads, queries × keys.</summary>
    /// <param name="layer">The layer, from 0; null for all of them.</param>
    /// <param name="head">The head, from 0; null for all of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer or head.</exception>
    public float[] Mean(int? layer = null, int? head = null)
    {
        var sums = new double[Queries * Keys];
        var count = 0;
        foreach (var l in layer is { } one ? [one] : Enumerable.Range(0, Layers))
        {
            foreach (var h in head is { } single ? [single] : Enumerable.Range(0, Heads))
            {
                var matrix = Of(l, h);
                for (var i = 0; i < sums.Length; i++)
                    sums[i] += matrix[i];
                count++;
            }
        }
        return Array.ConvertAll(sums, sum => (float)(sum / count));
    }

    /// <summary>What of each token reaches each token of the last layer: one layer and one head.</summary>
    /// <param name="rollout">How the layers are rolled out.</param>
    /// <exception cref="ArgumentException">The weights are not those of tokens among themselves.</exception>
    public AttentionWeights Rollout(AttentionRollout rollout)
    {
        ArgumentNullException.ThrowIfNull(rollout);
        using var scope = NewDisposeScope();
        var all = tensor(values, [Layers, Heads, Queries, Keys], ScalarType.Float32);
        return new(rollout.Of([.. all.unbind(0)]).contiguous().data<float>().ToArray(), 1, 1, Queries, Keys);
    }
}
