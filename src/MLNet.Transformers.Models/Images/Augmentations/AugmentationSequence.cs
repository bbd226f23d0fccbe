namespace MLNet.Transformers.Models;

/// <summary>Augmentations one after another.</summary>
/// <param name="Steps">The augmentations.</param>
public sealed record AugmentationSequence(IReadOnlyList<ImageAugmentation> Steps) : ImageAugmentation
{
    private protected override PixelImage Change(PixelImage image, Random random) => Steps.Aggregate(image, (changed, step) => step.Apply(changed, random));
}
