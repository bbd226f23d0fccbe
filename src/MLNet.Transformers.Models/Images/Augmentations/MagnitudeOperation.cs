namespace MLNet.Transformers.Models;

/// <summary>An operation of <see cref="RandAugment"/> and <see cref="TrivialAugment"/>.</summary>
/// <param name="Name">Its published name.</param>
/// <param name="IsSigned">Whether its magnitude is negative every other time.</param>
/// <param name="Magnitude">The magnitude of a strength from 0 to 1, for an image.</param>
/// <param name="Run">Makes the change of a magnitude.</param>
internal sealed record MagnitudeOperation(
    string Name,
    bool IsSigned,
    Func<double, PixelImage, double> Magnitude,
    Func<PixelImage, double, ResamplingFilter, byte, PixelImage> Run)
{
    private const int Bits = 8;

    /// <summary>The published list of operations.</summary>
    /// <param name="shear">The strongest shear, as a slope.</param>
    /// <param name="translation">The farthest move, for the length of a side.</param>
    /// <param name="rotation">The greatest angle in degrees.</param>
    /// <param name="enhancement">The greatest distance of an enhancement's factor from 1.</param>
    /// <param name="posterizedBits">The greatest number of bits that are left out.</param>
    public static MagnitudeOperation[] Space(double shear, Func<int, double> translation, double rotation, double enhancement, int posterizedBits) =>
    [
        new("Identity", false, (_, _) => 0, (image, _, _, _) => image),
        new("ShearX", true, (strength, _) => strength * shear, (image, slope, filter, fill) => Sheared(image, (slope, 0), filter, fill)),
        new("ShearY", true, (strength, _) => strength * shear, (image, slope, filter, fill) => Sheared(image, (0, slope), filter, fill)),
        new("TranslateX", true, (strength, image) => strength * translation(image.Width), (image, move, filter, fill) => Moved(image, (move, 0), filter, fill)),
        new("TranslateY", true, (strength, image) => strength * translation(image.Height), (image, move, filter, fill) => Moved(image, (0, move), filter, fill)),
        new("Rotate", true, (strength, _) => strength * rotation, AffineTransform.Rotate),
        new("Brightness", true, (strength, _) => strength * enhancement, (image, change, _, _) => Enhancement.Brightness(image, 1 + change)),
        new("Color", true, (strength, _) => strength * enhancement, (image, change, _, _) => Enhancement.Color(image, 1 + change)),
        new("Contrast", true, (strength, _) => strength * enhancement, (image, change, _, _) => Enhancement.Contrast(image, 1 + change)),
        new("Sharpness", true, (strength, _) => strength * enhancement, (image, change, _, _) => Enhancement.Sharpness(image, 1 + change)),
        new("Posterize", false, (strength, _) => Bits - Math.Round(strength * posterizedBits), (image, bits, _, _) => PointOperation.Posterize(image, (int)bits)),
        new("Solarize", false, (strength, _) => byte.MaxValue * (1 - strength), (image, threshold, _, _) => PointOperation.Solarize(image, threshold)),
        new("AutoContrast", false, (_, _) => 0, (image, _, _, _) => PointOperation.AutoContrast(image)),
        new("Equalize", false, (_, _) => 0, (image, _, _, _) => PointOperation.Equalize(image)),
    ];

    /// <summary>Makes the change of a strength from 0 to 1, with a random sign where it has one.</summary>
    public PixelImage Apply(PixelImage image, double strength, Random random, ResamplingFilter filter, byte fill)
    {
        var magnitude = Magnitude(strength, image);
        return Run(image, IsSigned && random.Next(2) == 0 ? -magnitude : magnitude, filter, fill);
    }

    // Around the corner, not the middle, as the operation was first published.
    private static PixelImage Sheared(PixelImage image, (double X, double Y) slope, ResamplingFilter filter, byte fill)
    {
        var degrees = (double.RadiansToDegrees(Math.Atan(slope.X)), double.RadiansToDegrees(Math.Atan(slope.Y)));
        return AffineTransform.Apply(image, AffineMap.Inverse(0, (0, 0), 1, degrees, (0, 0)), filter, fill);
    }

    private static PixelImage Moved(PixelImage image, (double X, double Y) move, ResamplingFilter filter, byte fill) =>
        AffineTransform.Apply(image, AffineMap.Inverse(0, (Math.Truncate(move.X), Math.Truncate(move.Y)), 1, (0, 0), (image.Width * 0.5, image.Height * 0.5)), filter, fill);
}
