using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>The context of layers that share one bias of attention scores for each offset between two patches.</summary>
public sealed class PatchOffsetContext : Module<ImageBatch, LayerContext>
{
    private readonly PixelSize patchSize;
    private readonly PatchOffsetBias offsets;

    /// <param name="patchSize">The size of a patch.</param>
    /// <param name="offsets">The bias.</param>
    public PatchOffsetContext(PixelSize patchSize, PatchOffsetBias offsets)
        : base(nameof(PatchOffsetContext))
    {
        this.patchSize = patchSize;
        this.offsets = offsets;
        RegisterComponents();
    }

    /// <summary>The context of a batch.</summary>
    public override LayerContext forward(ImageBatch batch) =>
        new(offsets.call(new ImageGrid(batch.Height / patchSize.Height, batch.Width / patchSize.Width)));
}
