using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>Several linear maps of the same input, stored and computed as one.</summary>
public sealed class PackedLinear : Module<Tensor, Tensor[]>
{
    private readonly long[] sizes;
    private readonly Parameter weight;
    private readonly Parameter? bias;

    /// <param name="inputSize">Width of the input.</param>
    /// <param name="sizes">Width of each output.</param>
    /// <param name="hasBias">Whether the maps add a bias.</param>
    public PackedLinear(long inputSize, long[] sizes, bool hasBias = true)
        : base(nameof(PackedLinear))
    {
        this.sizes = sizes;
        // Every part starts as a linear layer of its own would: the bounds depend on the input's width alone.
        using var whole = Linear(inputSize, sizes.Sum(), hasBias);
        weight = OwnedParameter.CopyOf(whole.weight!);
        bias = whole.bias is { } wholeBias ? OwnedParameter.CopyOf(wholeBias) : null;
        RegisterComponents();
    }

    /// <summary>Width of each output; a checkpoint may keep the parts apart.</summary>
    public IReadOnlyList<long> Sizes => sizes;

    /// <summary>All maps at once.</summary>
    /// <param name="input">(…, input size).</param>
    /// <returns>A view of (…, size) a part.</returns>
    public override Tensor[] forward(Tensor input)
    {
        using var packed = functional.linear(input, weight, bias);
        return packed.split(sizes, -1);
    }

    /// <summary>One of the maps by itself.</summary>
    /// <param name="input">(…, input size).</param>
    /// <param name="part">Which.</param>
    /// <returns>(…, size).</returns>
    public Tensor Part(Tensor input, int part)
    {
        var start = sizes.AsSpan(0, part).ToArray().Sum();
        using var rows = weight.narrow(0, start, sizes[part]);
        using var shift = bias?.narrow(0, start, sizes[part]);
        return functional.linear(input, rows, shift);
    }
}
