namespace MLNet.Transformers.Models;

/// <summary>A turn around the middle by a random angle; the size stays.</summary>
public sealed record RandomRotation : ImageAugmentation
{
    /// <param name="degrees">The angle, counter-clockwise.</param>
    public RandomRotation(ValueRange degrees) => Degrees = degrees;

    /// <summary>The angle, counter-clockwise.</summary>
    public ValueRange Degrees { get; init; }

    /// <summary>How pixels are weighed: nearest, bilinear or bicubic.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is another filter.</exception>
    public ResamplingFilter Filter { get; init => field = AugmentationSetting.Turning(value); } = ResamplingFilter.Nearest;

    /// <summary>The value of every channel where nothing is turned to.</summary>
    public byte Fill { get; init; }

    private protected override PixelImage Change(PixelImage image, Random random) => AffineTransform.Rotate(image, Degrees.Draw(random), Filter, Fill);
}
