using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>softmax(Q Kᵀ / √size + bias) V: section 3.2.1 of <see href="https://arxiv.org/abs/1706.03762">Attention Is All You Need</see>.</summary>
internal static class DotProductAttention
{
    /// <summary>What each query gathers from the values.</summary>
    /// <param name="query">(batch, heads, queries, size).</param>
    /// <param name="key">(batch, heads, keys, size).</param>
    /// <param name="value">(batch, heads, keys, size).</param>
    /// <param name="bias">Added to the scores, broadcastable to (batch, heads, queries, keys); null for none.</param>
    /// <param name="dropout">Probability with which a weight is dropped.</param>
    /// <param name="trace">Gets the weights, if it asks for them.</param>
    /// <returns>(batch, heads, queries, size).</returns>
    public static Tensor Attend(Tensor query, Tensor key, Tensor value, Tensor? bias, double dropout, EncoderTrace? trace) => trace is { KeepsAttentions: true }
        ? AttendOpenly(query, key, value, bias, dropout, trace)
        : functional.scaled_dot_product_attention(query, key, value, bias, dropout);

    /// <summary>The same as the fused kernel, which keeps its weights to itself.</summary>
    private static Tensor AttendOpenly(Tensor query, Tensor key, Tensor value, Tensor? bias, double dropout, EncoderTrace trace)
    {
        using var scaled = query.div(Math.Sqrt(query.size(-1)));
        using var turned = key.transpose(2, 3);
        using var scores = scaled.matmul(turned); // (batch, heads, queries, keys)
        using var visible = bias is null ? scores.alias() : scores.add(bias);
        using var weights = visible.softmax(-1);
        trace.AddAttentions(weights);
        using var kept = functional.dropout(weights, dropout, dropout > 0);
        return kept.matmul(value);
    }
}
