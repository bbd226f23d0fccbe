namespace MLNet.Transformers.Models;

/// <summary>
/// Random brightness, contrast, saturation and hue, in random order, as <see href="https://docs.pytorch.org/vision/stable/generated/torchvision.transforms.ColorJitter.html">torchvision</see> has it.
/// Grey images have no saturation and no hue, and get brightness and contrast alone.
/// </summary>
public sealed record ColorJitter : ImageAugmentation
{
    /// <summary>How far the factor of brightness is from 1 at most; it is never negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public double Brightness { get; init => field = AugmentationSetting.Within(value, 0, double.MaxValue); }

    /// <summary>How far the factor of contrast is from 1 at most; it is never negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public double Contrast { get; init => field = AugmentationSetting.Within(value, 0, double.MaxValue); }

    /// <summary>How far the factor of saturation is from 1 at most; it is never negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public double Saturation { get; init => field = AugmentationSetting.Within(value, 0, double.MaxValue); }

    /// <summary>How far the hue is turned at most, as part of a circle.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 0.5.</exception>
    public double Hue { get; init => field = AugmentationSetting.Within(value, 0, 0.5); }

    private protected override PixelImage Change(PixelImage image, Random random)
    {
        var (brightness, contrast, saturation) = (Factor(Brightness, random), Factor(Contrast, random), Factor(Saturation, random));
        var turn = ValueRange.Around(0, Hue).Draw(random);
        Func<PixelImage, PixelImage>[] changes =
        [
            changed => Brightness == 0 ? changed : Enhancement.Brightness(changed, brightness),
            changed => Contrast == 0 ? changed : Enhancement.Contrast(changed, contrast),
            changed => Saturation == 0 ? changed : Enhancement.Color(changed, saturation),
            changed => Hue == 0 ? changed : Models.Hue.Shift(changed, turn),
        ];
        random.Shuffle(changes);
        return changes.Aggregate(image, (changed, change) => change(changed));
    }

    private static double Factor(double distance, Random random) => new ValueRange(Math.Max(0, 1 - distance), 1 + distance).Draw(random);
}
