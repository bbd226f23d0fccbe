namespace MLNet.Transformers.Models;

/// <summary>A Gaussian blur of random width, of every other image.</summary>
public sealed record GaussianBlur() : ImageAugmentation(0.5)
{
    /// <summary>The blur's standard deviation in pixels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public ValueRange Deviation { get; init => field = AugmentationSetting.Positive(value); } = new(0.1, 2);

    private protected override PixelImage Change(PixelImage image, Random random) => Blurring.Gaussian(image, Deviation.Draw(random));
}
