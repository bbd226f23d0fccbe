namespace MLNet.Transformers.Models;

/// <summary>The negative of every other image.</summary>
public sealed record Invert() : ImageAugmentation(0.5)
{
    private protected override PixelImage Change(PixelImage image, Random random) => PointOperation.Invert(image);
}
