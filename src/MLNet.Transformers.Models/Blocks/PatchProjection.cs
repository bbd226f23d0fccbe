using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// Cuts images into patches and maps each to a vector: a convolution that steps a patch at a time, computed as one matrix
/// product.
/// </summary>
public sealed class PatchProjection : Module<Tensor, Tensor>
{
    private readonly int channels;
    private readonly PixelSize patchSize;
    private readonly Parameter weight;
    private readonly Parameter? bias;

    /// <param name="channels">Channels of the images.</param>
    /// <param name="patchSize">The size of a patch.</param>
    /// <param name="hiddenSize">Width of the vectors.</param>
    /// <param name="hasBias">Whether the map adds a bias.</param>
    public PatchProjection(int channels, PixelSize patchSize, long hiddenSize, bool hasBias = true)
        : base(nameof(PatchProjection))
    {
        this.channels = channels;
        this.patchSize = patchSize;
        // Starts as a linear layer on a patch's pixels would.
        using var start = Linear(channels * patchSize.Height * patchSize.Width, hiddenSize, hasBias);
        using var kernel = start.weight!.view(hiddenSize, channels, patchSize.Height, patchSize.Width);
        weight = OwnedParameter.CopyOf(kernel);
        bias = start.bias is { } startBias ? OwnedParameter.CopyOf(startBias) : null;
        RegisterComponents();
    }

    /// <summary>How the patches of an image lie.</summary>
    /// <exception cref="ArgumentException">The image has not a whole number of patches.</exception>
    public ImageGrid GridOf(long height, long width) => height % patchSize.Height == 0 && width % patchSize.Width == 0 && height > 0 && width > 0
        ? new(height / patchSize.Height, width / patchSize.Width)
        : throw new ArgumentException($"An image of {width} x {height} pixels has not a whole number of patches of {patchSize}.");

    /// <summary>One vector a patch.</summary>
    /// <param name="pixels">(batch, channels, height, width).</param>
    /// <returns>(batch, patches, hidden), row by row.</returns>
    /// <exception cref="ArgumentException">The images have another number of channels, or not a whole number of patches.</exception>
    public override Tensor forward(Tensor pixels)
    {
        if (pixels.size(1) != channels)
            throw new ArgumentException($"The images have {pixels.size(1)} channels, and the model reads {channels}.", nameof(pixels));
        var grid = GridOf(pixels.size(2), pixels.size(3));
        using var cut = pixels.view(pixels.size(0), channels, grid.Rows, patchSize.Height, grid.Columns, patchSize.Width);
        using var turned = cut.permute(0, 2, 4, 1, 3, 5); // (batch, rows, columns, channels, patch, patch)
        using var patches = turned.reshape(pixels.size(0), grid.Count, channels * patchSize.Height * patchSize.Width);
        using var numbers = patches.to(weight.dtype);
        using var matrix = weight.flatten(1);
        return functional.linear(numbers, matrix, bias);
    }
}
