namespace MLNet.Transformers.Models;

/// <summary>Images changed at random, each by a seed of its own, so that it does not matter which thread decodes which.</summary>
internal static class AugmentedImages
{
    /// <summary>The images of a batch as a model reads them, changed at random where it is one to learn from.</summary>
    /// <param name="batch">The batch, which has the random numbers.</param>
    /// <param name="imageOf">What decodes an example's image.</param>
    /// <param name="augmentations">Applied one after the other.</param>
    /// <param name="processor">Makes images what the model reads.</param>
    public static ImageBatch Batch<TExample>(
        TrainingBatch<TExample> batch, Func<TExample, Func<PixelImage>> imageOf, IReadOnlyList<ImageAugmentation> augmentations, ImageProcessor processor)
    {
        var applied = batch.Epoch > 0 ? augmentations : [];
        return processor.Batch([.. batch.Examples.Select(example => Of(imageOf(example), applied, batch.Random))]);
    }

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
