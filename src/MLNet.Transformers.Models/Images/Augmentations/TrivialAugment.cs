namespace MLNet.Transformers.Models;

/// <summary>One operation out of a list of fourteen, of random and wide magnitude: <see href="https://arxiv.org/abs/2103.10158">Müller and Hutter, 2021</see>, with the list and magnitudes of <see href="https://docs.pytorch.org/vision/stable/generated/torchvision.transforms.TrivialAugmentWide.html">torchvision</see>. Grey images have no saturation, and stay as they are where it is drawn.</summary>
public sealed record TrivialAugment : ImageAugmentation
{
    private static readonly MagnitudeOperation[] Space = MagnitudeOperation.Space(shear: 0.99, translation: _ => 32, rotation: 135, enhancement: 0.99, posterizedBits: 6);

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
        var operation = Space[random.Next(Space.Length)];
        return operation.Apply(image, random.Next(Magnitudes) / (Magnitudes - 1.0), random, Filter, Fill);
    }
}
