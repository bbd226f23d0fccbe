namespace MLNet.Transformers.Models;

/// <summary>One of several augmentations, each as likely as the others.</summary>
public sealed record AugmentationChoice : ImageAugmentation
{
    /// <param name="choices">The augmentations, at least one.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public AugmentationChoice(IReadOnlyList<ImageAugmentation> choices) => Choices = choices;

    /// <summary>The augmentations.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public IReadOnlyList<ImageAugmentation> Choices
    {
        get;
        init => field = value.Count > 0 ? value : throw new ArgumentException("There must be at least one augmentation to choose from.", nameof(Choices));
    }

    private protected override PixelImage Change(PixelImage image, Random random) => Choices[random.Next(Choices.Count)].Apply(image, random);
}
