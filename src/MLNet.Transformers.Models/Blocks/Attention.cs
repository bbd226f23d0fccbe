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
    private readonly double dropout;
    private readonly bool isScaled;
    private readonly Module<Tensor, Tensor[]> projection;
    private readonly Linear output;

    /// <param name="hiddenSize">Width of the hidden states, in and out.</param>
    /// <param name="heads">Number of query heads.</param>
    /// <param name="keyValueHeads">Number of key and value heads, a divisor of <paramref name="heads"/>; null for as many as heads.</param>
    /// <param name="headSize">Width of one head; null for hidden size / heads.</param>
    /// <param name="bias">Whether the projections to queries, keys and values add a bias.</param>
    /// <param name="dropout">Probability with which an attention weight is dropped in training.</param>
    /// <param name="outputBias">Whether the last projection adds a bias; null for what <paramref name="bias"/> says.</param>
    /// <param name="isScaled">Whether scores are divided by √head size.</param>
    /// <exception cref="ArgumentException">The sizes do not divide.</exception>
    public Attention(
        long hiddenSize,
        int heads,
        int? keyValueHeads = null,
        long? headSize = null,
        bool bias = true,
        double dropout = 0,
        bool? outputBias = null,
        bool isScaled = true)
        : base(nameof(Attention))
    {
        if (headSize is null && hiddenSize % heads != 0)
            throw new ArgumentException($"A hidden size of {hiddenSize} does not divide into {heads} heads.", nameof(heads));
        if (heads % (keyValueHeads ?? heads) != 0)
            throw new ArgumentException($"{heads} heads do not divide into {keyValueHeads} groups.", nameof(keyValueHeads));
        this.heads = heads;
        this.keyValueHeads = keyValueHeads ?? heads;
        var size = headSize ?? hiddenSize / heads;
        this.dropout = dropout;
        this.isScaled = isScaled;
        var (queries, keys) = (heads * size, this.keyValueHeads * size);
        projection = new PackedLinear(hiddenSize, [queries, keys, keys], bias);
        output = Linear(queries, hiddenSize, outputBias ?? bias);
        RegisterComponents();
    }

    /// <param name="projection">Maps hidden states to queries, keys and values, (batch, length, heads * size) or (batch, length, heads, size) each.</param>
    /// <param name="output">Maps all heads' (batch, length, heads * size) to hidden states.</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="dropout">Probability with which an attention weight is dropped in training.</param>
    public Attention(Module<Tensor, Tensor[]> projection, Linear output, int heads, double dropout = 0)
        : base(nameof(Attention))
    {
        this.heads = heads;
        keyValueHeads = heads;
        this.dropout = dropout;
        isScaled = true;
        this.projection = projection;
        this.output = output;
        RegisterComponents();
    }

    /// <summary>Lets every position gather from the positions that the context's bias leaves visible.</summary>
    /// <param name="hidden">(batch, length, hidden).</param>
    /// <param name="context">Its bias is added to the scores; its rotation turns queries and keys; its slot has keys and values of earlier positions.</param>
    /// <returns>(batch, length, hidden), or of the first positions alone where only they are asked for.</returns>
    public override Tensor forward(Tensor hidden, LayerContext context)
    {
        var parts = projection.call(hidden);
        using var query = Asked(Turn(HeadView.Split(parts[0], heads), context.Rotation), context.AskedPositions);
        using var askedBias = context is { AskedPositions: { } asked, Bias: { } bias } && bias.size(2) > asked ? bias.narrow(2, 0, asked) : null;
        var (key, value) = Extend(Turn(HeadView.Split(parts[1], keyValueHeads), context.Rotation), HeadView.Split(parts[2], keyValueHeads), context.Slot);
        using (key)
        using (value)
        using (var attended = DotProductAttention.Attend(query, key, value, askedBias ?? context.Bias, training ? dropout : 0, context.Trace?.AttentionObserver, isScaled))
        using (var joined = HeadView.Join(attended))
            return output.forward(joined);
    }

    private static Tensor Turn(Tensor part, Rotation? rotation)
    {
        if (rotation is null)
            return part;
        using (part)
            return rotation.Apply(part);
    }

    /// <summary>The queries of the positions that are asked for; takes the part over.</summary>
    private static Tensor Asked(Tensor query, long? positions)
    {
        if (positions is not { } asked || asked >= query.size(2))
            return query;
        using (query)
            return query.narrow(2, 0, asked);
    }

    /// <summary>All keys and values that there are: those that are kept, and the new ones.</summary>
    private static (Tensor Keys, Tensor Values) Extend(Tensor key, Tensor value, LayerCache? slot)
    {
        if (slot is null)
            return (key, value);
        using (key)
        using (value)
            return slot.Extend(key, value);
    }
}
