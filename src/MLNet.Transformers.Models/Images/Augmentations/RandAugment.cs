namespace MLNet.Transformers.Models;

/// <summary>Some operations out of a list of fourteen, all of one magnitude: <see href="https://arxiv.org/abs/1909.13719">Cubuk et al., 2019</see>, with the list and magnitudes of <see href="https://docs.pytorch.org/vision/stable/generated/torchvision.transforms.RandAugment.html">torchvision</see>. Grey images have no saturation, and stay as they are where it is drawn.</summary>
public sealed record RandAugment : ImageAugmentation
{
    internal static readonly MagnitudeOperation[] Space = MagnitudeOperation.Space(shear: 0.3, translation: length => 150.0 / 331 * length, rotation: 30, enhancement: 0.9, posterizedBits: 4);

    /// <summary>Number of operations, one after another.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int Operations { get; init => field = AugmentationSetting.Within(value, 0, int.MaxValue); } = 2;

    /// <summary>The magnitude, from 0 to one less than <see cref="Magnitudes"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int Magnitude { get; init => field = AugmentationSetting.Within(value, 0, int.MaxValue); } = 9;

    /// <summary>Number of magnitudes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 2.</exception>
    public int Magnitudes { get; init => field = AugmentationSetting.Within(value, 2, int.MaxValue); } = 31;

    /// <summary>How pixels are weighed that are moved: nearest, bilinear or bicubic.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is another filter.</exception>
    public ResamplingFilter Filter { get; init => field = AugmentationSetting.Turning(value); } = ResamplingFilter.Nearest;

    /// <summary>The value of every channel where nothing is moved to.</summary>
    public byte Fill { get; init; }

    private protected override PixelImage Change(PixelImage image, Random random)
    {
        if (Magnitude >= Magnitudes)
            throw new InvalidOperationException($"RandAugment has the magnitude {Magnitude}, but only {Magnitudes} magnitudes, from 0 on.");
        var strength = Magnitude / (Magnitudes - 1.0);
        for (var operation = 0; operation < Operations; operation++)
            image = Space[random.Next(Space.Length)].Apply(image, strength, random, Filter, Fill);
        return image;
    }
}
