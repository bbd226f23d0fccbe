using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// Multi-head attention whose scores are those of contents, of distances and of segments, each with a bias of the query's own, and
/// whose keys include those remembered: sections 2.4 and 2.5 of <see href="https://arxiv.org/abs/1906.08237">XLNet</see>.
/// </summary>
public sealed class RelativeAttention : Module<Tensor, LayerContext, Tensor>
{
    private readonly int layer;
    private readonly long heads;
    private readonly long headSize;
    private readonly double dropout;
    private readonly Parameter query;
    private readonly Parameter key;
    private readonly Parameter value;
    private readonly Parameter position;
    private readonly Parameter output;
    private readonly Parameter contentBias;
    private readonly Parameter positionBias;
    private readonly Parameter segmentBias;
    private readonly Parameter segments;

    /// <param name="hiddenSize">Width of the hidden states, in and out.</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="layer">Number of the layer, under which its states are remembered.</param>
    /// <param name="dropout">Probability with which an attention weight is dropped in training.</param>
    /// <exception cref="ArgumentException">The sizes do not divide.</exception>
    public RelativeAttention(long hiddenSize, int heads, int layer, double dropout = 0)
        : base(nameof(RelativeAttention))
    {
        if (hiddenSize % heads != 0)
            throw new ArgumentException($"A hidden size of {hiddenSize} does not divide into {heads} heads.", nameof(heads));
        this.layer = layer;
        this.heads = heads;
        headSize = hiddenSize / heads;
        this.dropout = dropout;
        (query, key, value, position, output) = (Map(hiddenSize), Map(hiddenSize), Map(hiddenSize), Map(hiddenSize), Map(hiddenSize));
        (contentBias, positionBias, segmentBias) = (OwnedParameter.Of(zeros(heads, headSize)), OwnedParameter.Of(zeros(heads, headSize)), OwnedParameter.Of(zeros(heads, headSize)));
        segments = OwnedParameter.Of(randn(2, heads, headSize));
        RegisterComponents();
    }

    /// <summary>Lets every position gather from the positions that the context's bias leaves visible, and from those remembered.</summary>
    /// <param name="hidden">(batch, length, hidden).</param>
    /// <param name="context">Its distances are those from the number of keys down to 1 - length.</param>
    /// <returns>(batch, length, hidden).</returns>
    /// <exception cref="ArgumentException">The context has no distances.</exception>
    public override Tensor forward(Tensor hidden, LayerContext context)
    {
        var distances = context.Distances ?? throw new ArgumentException("Relative attention needs a context with distances.", nameof(context));
        using var seen = context.Memory?.Extend(layer, hidden) ?? hidden.alias();
        using var queries = Split(hidden, query);
        using var keys = Split(seen, key);
        using var values = Split(seen, value);
        using var contents = Biased(queries, contentBias);
        using var bias = Bias(queries, distances, context);
        using var attended = DotProductAttention.Attend(contents, keys, values, bias, training ? dropout : 0, context.Trace?.AttentionObserver);
        using var ordered = attended.transpose(1, 2); // (batch, length, heads, size)
        using var joined = ordered.flatten(2); // (batch, length, hidden)
        using var matrix = output.flatten(1);
        return functional.linear(joined, matrix);
    }

    /// <summary>What distances and segments add to the scores, padding hidden: (batch, heads, queries, keys).</summary>
    private Tensor Bias(Tensor queries, Tensor distances, LayerContext context)
    {
        using var byDistance = DistanceScores(queries, distances);
        using var bySegment = context.OtherSegments is { } others ? SegmentScores(queries, others) : null;
        using var both = bySegment is null ? byDistance.alias() : byDistance.add(bySegment);
        var scaled = both.div(Math.Sqrt(headSize));
        return context.Bias is null ? scaled : scaled.add_(context.Bias);
    }

    private Tensor DistanceScores(Tensor queries, Tensor distances)
    {
        using var biased = Biased(queries, positionBias);
        using var matrix = position.flatten(1);
        using var typed = As(distances, matrix.dtype);
        using var mapped = typed.matmul(matrix);
        using var split = mapped.view(distances.size(0), heads, headSize);
        using var columns = split.permute(1, 2, 0); // (heads, size, distances)
        using var scores = biased.matmul(columns); // (batch, heads, queries, distances)
        return RelativeShift.Apply(scores, distances.size(0) - queries.size(2));
    }

    /// <summary>How much more a query wants the keys of other segments than those of its own, (batch, heads, queries, keys): what all keys have alike, no softmax sees.</summary>
    private Tensor SegmentScores(Tensor queries, Tensor others)
    {
        using var biased = Biased(queries, segmentBias);
        using var own = segments.select(0, 0);
        using var other = segments.select(0, 1);
        using var difference = other.sub(own).unsqueeze(2); // (heads, size, 1)
        using var scores = biased.matmul(difference); // (batch, heads, queries, 1)
        using var typed = As(others, scores.dtype);
        return scores.mul(typed);
    }

    /// <summary>What the context has in single precision, in that of the weights.</summary>
    private static Tensor As(Tensor shared, ScalarType type) => shared.dtype == type ? shared.alias() : shared.to(type);

    /// <summary>(batch, length, hidden) through a map, as (batch, heads, length, size).</summary>
    private Tensor Split(Tensor input, Parameter map)
    {
        using var matrix = map.flatten(1);
        using var mapped = input.matmul(matrix);
        using var split = mapped.view(input.size(0), input.size(1), heads, headSize);
        return split.transpose(1, 2);
    }

    private static Tensor Biased(Tensor queries, Parameter bias)
    {
        using var rows = bias.unsqueeze(1); // (heads, 1, size)
        return queries.add(rows);
    }

    private Parameter Map(long hiddenSize) => OwnedParameter.Of(randn(hiddenSize, heads, headSize).div_(Math.Sqrt(hiddenSize)));
}
