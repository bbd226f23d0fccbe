namespace MLNet.Transformers.Models;

/// <summary>All values of a channel made about equally frequent, in every other image.</summary>
public sealed record Equalize() : ImageAugmentation(0.5)
{
    private protected override PixelImage Change(PixelImage image, Random random) => PointOperation.Equalize(image);
}
