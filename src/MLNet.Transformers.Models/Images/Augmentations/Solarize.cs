namespace MLNet.Transformers.Models;

/// <summary>The negative of all values from a threshold on, in every other image.</summary>
public sealed record Solarize() : ImageAugmentation(0.5)
{
    /// <summary>The least value that is turned.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 256.</exception>
    public double Threshold { get; init => field = AugmentationSetting.Within(value, 0, 256); } = 128;

    private protected override PixelImage Change(PixelImage image, Random random) => PointOperation.Solarize(image, Threshold);
}
