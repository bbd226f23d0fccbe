namespace MLNet.Transformers.Models;

/// <summary>Every other image sharper, or smoother.</summary>
public sealed record Sharpness() : ImageAugmentation(0.5)
{
    /// <summary>0 for a smooth image, 1 for the image, 2 for twice its sharpness.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public double Factor { get; init => field = AugmentationSetting.Within(value, 0, double.MaxValue); } = 2;

    private protected override PixelImage Change(PixelImage image, Random random) => Enhancement.Sharpness(image, Factor);
}
