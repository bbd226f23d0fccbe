using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>The views of a batch, all images in the first view, then all in the second, and so on; owns them.</summary>
/// <param name="Global">The large ones.</param>
/// <param name="Local">The small ones; null for none.</param>
internal sealed record SeenViews(ImageBatch Global, ImageBatch? Local) : IDisposable
{
    /// <summary>The same on a device; where they are for null.</summary>
    public SeenViews To(Device? device) => new(Global.To(device), Local?.To(device));

    /// <inheritdoc/>
    public void Dispose()
    {
        Global.Dispose();
        Local?.Dispose();
    }
}
