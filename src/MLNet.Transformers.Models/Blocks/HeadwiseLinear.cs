using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>Queries, keys and values of attention heads by one map whose output has, head after head, the three of them.</summary>
public sealed class HeadwiseLinear : Module<Tensor, Tensor[]>
{
    private readonly long heads;
    private readonly Parameter weight;
    private readonly Parameter? bias;

    /// <param name="hiddenSize">Width of the input, and of each output.</param>
    /// <param name="heads">Number of heads, a divisor of <paramref name="hiddenSize"/>.</param>
    /// <param name="hasBias">Whether the map adds a bias.</param>
    /// <exception cref="ArgumentException">The sizes do not divide.</exception>
    public HeadwiseLinear(long hiddenSize, int heads, bool hasBias = true)
        : base(nameof(HeadwiseLinear))
    {
        if (hiddenSize % heads != 0)
            throw new ArgumentException($"A hidden size of {hiddenSize} does not divide into {heads} heads.", nameof(heads));
        this.heads = heads;
        using var whole = Linear(hiddenSize, 3 * hiddenSize, hasBias);
        weight = OwnedParameter.CopyOf(whole.weight!);
        bias = whole.bias is { } wholeBias ? OwnedParameter.CopyOf(wholeBias) : null;
        RegisterComponents();
    }

    /// <summary>All three.</summary>
    /// <param name="input">(…, hidden).</param>
    /// <returns>Views of (…, heads, size) each: queries, keys, values.</returns>
    public override Tensor[] forward(Tensor input)
    {
        using var packed = functional.linear(input, weight, bias);
        return HeadView.Thirds(packed, heads);
    }
}
