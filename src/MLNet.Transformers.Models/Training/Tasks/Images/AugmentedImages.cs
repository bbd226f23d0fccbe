namespace MLNet.Transformers.Models;

/// <summary>Images changed at random, each by a seed of its own, so that it does not matter which thread decodes which.</summary>
internal static class AugmentedImages
{
    /// <summary>An image that is decoded and then changed when it is asked for.</summary>
    /// <param name="image">Decodes it.</param>
    /// <param name="augmentations">Applied one after the other.</param>
    /// <param name="random">Draws the seed, now.</param>
    public static Func<PixelImage> Of(Func<PixelImage> image, IReadOnlyList<ImageAugmentation> augmentations, Random random)
    {
        if (augmentations.Count == 0)
            return image;
        var seed = random.Next();
        return () =>
        {
            var own = new Random(seed);
            return augmentations.Aggregate(image(), (current, augmentation) => augmentation.Apply(current, own));
        };
    }
}
