using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// Queries, keys and values by one linear map, of which the keys' part adds no bias: it would raise all scores of a query alike,
/// which a softmax does not see.
/// </summary>
public sealed class UnbiasedKeyProjection : Module<Tensor, Tensor[]>
{
    private readonly long size;
    private readonly Parameter weight;
    private readonly Parameter bias;

    /// <param name="inputSize">Width of the input.</param>
    /// <param name="size">Width of queries, of keys, and of values.</param>
    public UnbiasedKeyProjection(long inputSize, long size)
        : base(nameof(UnbiasedKeyProjection))
    {
        this.size = size;
        using var whole = Linear(inputSize, 3 * size);
        weight = OwnedParameter.CopyOf(whole.weight!);
        using var biases = whole.bias!.narrow(0, 0, 2 * size);
        bias = OwnedParameter.CopyOf(biases);
        RegisterComponents();
    }

    /// <summary>All three at once.</summary>
    /// <param name="input">(…, input size).</param>
    /// <returns>Queries, keys and values: a view of (…, size) each.</returns>
    public override Tensor[] forward(Tensor input)
    {
        using var none = zeros(size, bias.dtype, bias.device);
        using var ofQueries = bias.narrow(0, 0, size);
        using var ofValues = bias.narrow(0, size, size);
        using var biases = cat([ofQueries, none, ofValues], 0);
        using var packed = functional.linear(input, weight, biases);
        return packed.split(size, -1);
    }
}
