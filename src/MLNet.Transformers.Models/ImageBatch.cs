using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>Images of one size, on a device; owns its tensor.</summary>
/// <param name="pixels">(batch, channels, height, width), as the model's preprocessing leaves them: rescaled and normalised.</param>
public sealed class ImageBatch(Tensor pixels) : IDisposable
{
    /// <summary>(batch, channels, height, width).</summary>
    public Tensor Pixels { get; } = pixels.dim() == 4
        ? pixels
        : throw new ArgumentException($"Images are (batch, channels, height, width), not ({string.Join(", ", pixels.shape)}).", nameof(pixels));

    /// <summary>True where a patch is hidden from the model, which sees its mask token instead, (batch, patches); null where all are seen.</summary>
    public Tensor? MaskedPatches { get; init; }

    /// <summary>Number of images.</summary>
    public long Count => Pixels.size(0);

    /// <summary>Rows of pixels.</summary>
    public long Height => Pixels.size(2);

    /// <summary>Columns of pixels.</summary>
    public long Width => Pixels.size(3);

    /// <summary>The same on a device; the batch itself for null.</summary>
    internal ImageBatch To(Device? device) =>
        device is null ? this : new ImageBatch(Pixels.to(device)) { MaskedPatches = MaskedPatches?.to(device) };

    /// <inheritdoc/>
    public void Dispose()
    {
        Pixels.Dispose();
        MaskedPatches?.Dispose();
    }
}
