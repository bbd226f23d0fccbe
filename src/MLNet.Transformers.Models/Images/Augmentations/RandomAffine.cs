namespace MLNet.Transformers.Models;

/// <summary>A random turn, move, scale and shear around the middle, as <see href="https://docs.pytorch.org/vision/stable/generated/torchvision.transforms.RandomAffine.html">torchvision</see> has it; the size stays.</summary>
public sealed record RandomAffine : ImageAugmentation
{
    /// <summary>The turn in degrees, clockwise.</summary>
    public ValueRange Degrees { get; init; }

    /// <summary>The greatest move along the rows, to either side, as part of the width.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    public double TranslationX { get; init => field = AugmentationSetting.Within(value, 0, 1); }

    /// <summary>The greatest move along the columns, to either side, as part of the height.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    public double TranslationY { get; init => field = AugmentationSetting.Within(value, 0, 1); }

    /// <summary>The scale.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public ValueRange Scale { get; init => field = AugmentationSetting.Positive(value); } = new(1, 1);

    /// <summary>The shear along the rows in degrees.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not within -89 and 89.</exception>
    public ValueRange ShearX { get; init => field = AugmentationSetting.Within(value, -89, 89); }

    /// <summary>The shear along the columns in degrees.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not within -89 and 89.</exception>
    public ValueRange ShearY { get; init => field = AugmentationSetting.Within(value, -89, 89); }

    /// <summary>How pixels are weighed: nearest, bilinear or bicubic.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is another filter.</exception>
    public ResamplingFilter Filter { get; init => field = AugmentationSetting.Turning(value); } = ResamplingFilter.Nearest;

    /// <summary>The value of every channel where nothing comes to.</summary>
    public byte Fill { get; init; }

    private protected override PixelImage Change(PixelImage image, Random random)
    {
        var degrees = Degrees.Draw(random);
        var translation = (Move(TranslationX * image.Width, random), Move(TranslationY * image.Height, random));
        var scale = Scale.Draw(random);
        var shear = (ShearX.Draw(random), ShearY.Draw(random));
        return AffineTransform.Apply(image, AffineMap.Inverse(degrees, translation, scale, shear, (image.Width * 0.5, image.Height * 0.5)), Filter, Fill);
    }

    private static double Move(double most, Random random) => Math.Round(ValueRange.Around(0, most).Draw(random));
}
