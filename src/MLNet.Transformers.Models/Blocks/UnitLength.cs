using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>Scales vectors to a Euclidean norm of 1, so that their dot product is their cosine.</summary>
public sealed class UnitLength() : Module<Tensor, Tensor>(nameof(UnitLength))
{
    /// <summary>input / max(‖input‖, 1e-12).</summary>
    /// <param name="input">(batch, size).</param>
    /// <returns>(batch, size).</returns>
    public override Tensor forward(Tensor input) => functional.normalize(input);
}
