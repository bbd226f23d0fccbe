using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// Queries, keys and values of attention heads by one map whose output has, head after head, the three of them; queries and
/// values get a bias, keys, of which every query would see the same, none.
/// </summary>
public sealed class InterleavedLinear : Module<Tensor, Tensor[]>
{
    private readonly long heads;
    private readonly long headSize;
    private readonly Parameter weight;
    private readonly Parameter queryBias;
    private readonly Parameter valueBias;

    /// <param name="hiddenSize">Width of the input, and of each output.</param>
    /// <param name="heads">Number of heads, a divisor of <paramref name="hiddenSize"/>.</param>
    public InterleavedLinear(long hiddenSize, int heads)
        : base(nameof(InterleavedLinear))
    {
        this.heads = heads;
        headSize = hiddenSize / heads;
        using var whole = Linear(hiddenSize, 3 * hiddenSize, hasBias: false);
        weight = OwnedParameter.CopyOf(whole.weight!);
        queryBias = OwnedParameter.Of(zeros(hiddenSize));
        valueBias = OwnedParameter.Of(zeros(hiddenSize));
        RegisterComponents();
    }

    /// <summary>All three.</summary>
    /// <param name="input">(…, hidden).</param>
    /// <returns>(…, heads, size) each: queries, keys, values.</returns>
    public override Tensor[] forward(Tensor input)
    {
        using var packed = functional.linear(input, weight);
        var parts = HeadView.Thirds(packed, heads);
        using var query = parts[0];
        using var value = parts[2];
        return [Shift(query, queryBias), parts[1], Shift(value, valueBias)];
    }

    private Tensor Shift(Tensor part, Parameter bias)
    {
        using var rows = bias.view(heads, headSize);
        return part.add(rows);
    }
}
