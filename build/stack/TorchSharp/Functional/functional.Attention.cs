using TorchSharp.Bridge;
using static TorchSharp.Bridge.Operators;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>
            /// softmax(Q Kᵀ / √d + mask) V over (…, length, d). A boolean mask is true where a key may be seen; another is
            /// added to the scores.
            /// </summary>
            public static Tensor scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0, bool is_casual = false)
            {
                if (is_casual && attn_mask is not null)
                {
                    throw new ArgumentException("A causal attention takes no mask of its own.", nameof(attn_mask));
                }
                using var scope = NewDisposeScope();
                var size = query.shape;
                if (Fused(query, key, value, attn_mask, p))
                {
                    var mask = is_casual ? Causal(size[^2], key.size(-2), query) : attn_mask is null ? null : Additive(attn_mask, query.dtype);
                    return Call("bridge::attention", query, key, value, mask is null ? [] : new[] { mask }, p, 1 / Math.Sqrt(size[^1])).MoveToOuterDisposeScope();
                }
                var keyLength = key.size(-2);
                var batches = size[..^2];
                var flatQuery = Flat(query, batches, size[^2], size[^1]);
                var flatKey = Flat(key, batches, keyLength, size[^1]).transpose(1, 2);
                var scale = 1 / Math.Sqrt(size[^1]);
                var bias = is_casual ? Causal(size[^2], keyLength, query) : attn_mask is null ? null : Additive(attn_mask, query.dtype);

                // baddbmm adds the mask in the product's own pass.
                var scores = bias is null
                    ? flatQuery.mul(scale).bmm(flatKey)
                    : Call("aten::baddbmm", Flat(bias, batches, size[^2], keyLength), flatQuery, flatKey, 1, scale);
                var weights = scores.requires_grad ? scores.softmax(-1) : Call("aten::_softmax.out", scores, -1, false, scores);
                if (p > 0)
                {
                    weights = dropout(weights, p);
                }
                return weights.bmm(Flat(value, batches, keyLength, value.size(-1))).view([.. batches, size[^2], value.size(-1)]).MoveToOuterDisposeScope();
            }

            /// <summary>Whether the bridge's own kernel takes it: floats on the CPU, as many heads of keys as of queries, and a mask that learns nothing.</summary>
            private static bool Fused(Tensor query, Tensor key, Tensor value, Tensor? mask, double p) =>
                query.dim() == 4 && p is >= 0 and < 1 && mask is not { requires_grad: true } && key.size(2) > 0 &&
                query.size(0) == key.size(0) && query.size(1) == key.size(1) && query.size(3) == key.size(3) && key.shape.SequenceEqual(value.shape) &&
                new[] { query, key, value }.All(tensor => tensor.dtype == ScalarType.Float32 && tensor.device_type == DeviceType.CPU);

            private static Tensor Flat(Tensor tensor, long[] batches, long rows, long columns) =>
                tensor.expand([.. batches, rows, columns]).reshape(-1, rows, columns);

            private static Tensor Causal(long queries, long keys, Tensor like) =>
                full([queries, keys], double.NegativeInfinity, like.dtype, like.device).triu_(1);

            private static Tensor Additive(Tensor mask, ScalarType dtype) => mask.dtype == ScalarType.Bool
                ? zeros(mask.shape, dtype, mask.device).masked_fill_(mask.logical_not(), double.NegativeInfinity)
                : mask;
        }
    }
}
