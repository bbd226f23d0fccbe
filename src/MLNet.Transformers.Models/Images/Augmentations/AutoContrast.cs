namespace MLNet.Transformers.Models;

/// <summary>The values of each channel stretched from 0 to 255, in every other image.</summary>
public sealed record AutoContrast() : ImageAugmentation(0.5)
{
    private protected override PixelImage Change(PixelImage image, Random random) => PointOperation.AutoContrast(image);
}
