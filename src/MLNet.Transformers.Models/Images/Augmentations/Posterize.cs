namespace MLNet.Transformers.Models;

/// <summary>The highest bits of all values alone, in every other image.</summary>
public sealed record Posterize() : ImageAugmentation(0.5)
{
    /// <summary>Number of bits that are kept.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 8.</exception>
    public int Bits { get; init => field = AugmentationSetting.Within(value, 0, 8); } = 4;

    private protected override PixelImage Change(PixelImage image, Random random) => PointOperation.Posterize(image, Bits);
}
