using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>
/// Turns scores by distance into scores by key without a copy: appendix B of <see href="https://arxiv.org/abs/1901.02860">Transformer-XL</see>.
/// </summary>
internal static class RelativeShift
{
    /// <summary>Moves each row of distances to where its keys are.</summary>
    /// <param name="scores">(…, queries, queries + keys), contiguous: for each query, from the distance of as many keys before as there are down to that of as many behind as there are queries, less one.</param>
    /// <param name="keys">Number of keys.</param>
    /// <returns>(…, queries, keys): at (i, j), the score of query i at column queries - i + j.</returns>
    public static Tensor Apply(Tensor scores, long keys)
    {
        var (queries, width) = (scores.size(-2), scores.size(-1) - 1);
        // Read as one long row from the second query's length on, every row starts one place earlier than the row before.
        using var line = scores.flatten(-2);
        using var rest = line.narrow(-1, queries, queries * width);
        using var rows = rest.view([.. scores.shape[..^2], queries, width]);
        return rows.narrow(-1, 0, keys);
    }
}
