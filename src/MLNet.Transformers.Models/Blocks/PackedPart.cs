using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>One map of a packed linear, which keeps its weights: where two inputs go through the same map.</summary>
public sealed class PackedPart : Module<Tensor, Tensor>
{
    // A function, since a field would make the weights this module's too.
    private readonly Func<Tensor, Tensor> map;

    /// <param name="whole">Owns the weights.</param>
    /// <param name="part">Which of its maps.</param>
    public PackedPart(PackedLinear whole, int part)
        : base(nameof(PackedPart)) => map = input => whole.Part(input, part);

    /// <summary>The one map.</summary>
    /// <param name="input">(…, input size).</param>
    /// <returns>(…, size).</returns>
    public override Tensor forward(Tensor input) => map(input);
}
