using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// Multi-head self-attention with one projection for queries, keys and values together; with fewer key-value heads than heads,
/// groups of heads share keys and values.
/// See <see href="https://arxiv.org/abs/1706.03762">Attention Is All You Need</see> and <see href="https://arxiv.org/abs/2305.13245">GQA</see>.
/// </summary>
public sealed class Attention : Module<Tensor, LayerContext, Tensor>
{
    private readonly int heads;
    private readonly int keyValueHeads;
    private readonly long headSize;
    private readonly double dropout;
    private readonly PackedLinear projection;
    private readonly Linear output;

    /// <param name="hiddenSize">Width of the hidden states, in and out.</param>
    /// <param name="heads">Number of query heads.</param>
    /// <param name="keyValueHeads">Number of key and value heads, a divisor of <paramref name="heads"/>; null for as many as heads.</param>
    /// <param name="headSize">Width of one head; null for hidden size / heads.</param>
    /// <param name="bias">Whether the projections add a bias.</param>
    /// <param name="dropout">Probability with which an attention weight is dropped in training.</param>
    /// <exception cref="ArgumentException">The sizes do not divide.</exception>
    public Attention(long hiddenSize, int heads, int? keyValueHeads = null, long? headSize = null, bool bias = true, double dropout = 0)
        : base(nameof(Attention))
    {
        if (headSize is null && hiddenSize % heads != 0)
            throw new ArgumentException($"A hidden size of {hiddenSize} does not divide into {heads} heads.", nameof(heads));
        if (heads % (keyValueHeads ?? heads) != 0)
            throw new ArgumentException($"{heads} heads do not divide into {keyValueHeads} groups.", nameof(keyValueHeads));
        this.heads = heads;
        this.keyValueHeads = keyValueHeads ?? heads;
        this.headSize = headSize ?? hiddenSize / heads;
        this.dropout = dropout;
        var (queries, keys) = (heads * this.headSize, this.keyValueHeads * this.headSize);
        projection = new PackedLinear(hiddenSize, [queries, keys, keys], bias);
        output = Linear(queries, hiddenSize, bias);
        RegisterComponents();
    }

    /// <summary>Lets every position gather from the positions that the context's bias leaves visible.</summary>
    /// <param name="hidden">(batch, length, hidden).</param>
    /// <param name="context">Its bias is added to the scores; its rotation turns queries and keys.</param>
    /// <returns>(batch, length, hidden).</returns>
    public override Tensor forward(Tensor hidden, LayerContext context)
    {
        var (batch, length) = (hidden.size(0), hidden.size(1));
        var parts = projection.forward(hidden);
        using var query = Turn(Split(parts[0], batch, length, heads), context.Rotation);
        using var key = Repeat(Turn(Split(parts[1], batch, length, keyValueHeads), context.Rotation));
        using var value = Repeat(Split(parts[2], batch, length, keyValueHeads));
        using var attended = DotProductAttention.Attend(query, key, value, context.Bias, training ? dropout : 0, context.Trace);
        using var ordered = attended.transpose(1, 2); // (batch, length, heads, size)
        using var joined = ordered.flatten(2); // (batch, length, heads * size)
        return output.forward(joined);
    }

    /// <summary>(batch, length, heads * size) to (batch, heads, length, size), without a copy.</summary>
    private Tensor Split(Tensor part, long batch, long length, int count)
    {
        using (part)
        {
            using var split = part.view(batch, length, count, headSize);
            return split.transpose(1, 2);
        }
    }

    private static Tensor Turn(Tensor part, Rotation? rotation)
    {
        if (rotation is null)
            return part;
        using (part)
            return rotation.Apply(part);
    }

    /// <summary>Each key-value head once for every query head of its group.</summary>
    private Tensor Repeat(Tensor part)
    {
        if (keyValueHeads == heads)
            return part;
        using (part)
            return part.repeat_interleave(heads / keyValueHeads, 1);
    }
}
