using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// The context of an encoder in which some layers see every position and others only near ones, each kind with turns of its own:
/// section 2.1 of <see href="https://arxiv.org/abs/2412.13663">ModernBERT</see>.
/// </summary>
/// <param name="global">Positions of the layers that see everything.</param>
/// <param name="local">Positions of the layers that see what is near.</param>
/// <param name="radius">The greatest distance that is near.</param>
/// <param name="maxLength">Greatest number of positions.</param>
public sealed class LocalGlobalContext(RotaryPositions global, RotaryPositions local, long radius, long maxLength)
    : Module<TokenBatch, LayerContext>(nameof(LocalGlobalContext))
{
    /// <summary>The context of a batch, with that of the local layers in it.</summary>
    /// <exception cref="ArgumentException">The batch is longer than the model can take.</exception>
    public override LayerContext forward(TokenBatch batch)
    {
        batch.RequireAtMost(maxLength);
        var device = batch.Ids.device;
        return new LayerContext(AttentionBias.OfPadding(batch.Mask))
        {
            Rotation = global.At(batch.Length, device),
            Local = new LayerContext(AttentionBias.OfWindow(batch, radius)) { Rotation = local.At(batch.Length, device) },
        };
    }
}
