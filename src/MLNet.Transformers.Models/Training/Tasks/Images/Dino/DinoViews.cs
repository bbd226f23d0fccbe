namespace MLNet.Transformers.Models;

/// <summary>
/// The random views of an image that <see cref="DinoTask"/> compares: two of nearly all of it, which the teacher sees as well, and
/// several of small parts of it.
/// </summary>
/// <param name="Global">Makes the large views what the model reads.</param>
/// <param name="Local">Makes the small views what the model reads, at a smaller size.</param>
public sealed record DinoViews(ImageProcessor Global, ImageProcessor Local)
{
    private const double PublishedSmall = 96;
    private const double PublishedLarge = 224;

    /// <summary>What makes the first large view of an image, one after the other.</summary>
    public required IReadOnlyList<ImageAugmentation> First { get; init; }

    /// <summary>What makes the second large view.</summary>
    public required IReadOnlyList<ImageAugmentation> Second { get; init; }

    /// <summary>What makes each small view.</summary>
    public required IReadOnlyList<ImageAugmentation> Small { get; init; }

    /// <summary>Number of small views; 0 for none.</summary>
    public int LocalViews { get; init; } = 8;

    /// <summary>
    /// The published views, for a model's size: crops of at least and of at most 40 % of the image, the small ones 96 pixels wide where the
    /// large ones have 224, with colours, sharpness and sides changed; grey images keep their one colour.
    /// </summary>
    /// <param name="processor">How the model's images are rescaled and normalised.</param>
    /// <param name="config">The model's config.</param>
    public static DinoViews Of(ImageProcessor processor, ImageConfig config)
    {
        // The crops have their size already.
        var ready = processor with { Resizes = false, KeptPart = null, CropsCenter = false };
        var (large, small) = (config.ImageSize, SmallSize(config));
        ImageAugmentation[] changes = [new HorizontalFlip(), new ColorJitter { Brightness = 0.4, Contrast = 0.4, Saturation = 0.2, Hue = 0.1, Probability = 0.8 }, new Grayscale { Probability = 0.2 }];
        return new DinoViews(ready, ready)
        {
            First = [Crop(large, LargePart), .. changes, new GaussianBlur { Probability = 1 }],
            Second = [Crop(large, LargePart), .. changes, new GaussianBlur { Probability = 0.1 }, new Solarize { Probability = 0.2 }],
            Small = [Crop(small, SmallPart), .. changes, new GaussianBlur { Probability = 0.5 }],
        };
    }

    /// <summary>The views of some images.</summary>
    internal SeenViews Of(IReadOnlyList<UnlabeledImage> examples, Random random)
    {
        // All views of an image are of the same pixels, which are decoded once.
        var images = examples.Select(example => new Lazy<PixelImage>(example.Image)).ToArray();
        var global = Views(images, First, random).Concat(Views(images, Second, random)).ToArray();
        var local = Enumerable.Range(0, LocalViews).SelectMany(_ => Views(images, Small, random)).ToArray();
        return new SeenViews(Global.Batch(global), local.Length == 0 ? null : Local.Batch(local));
    }

    private static ValueRange LargePart => new(0.4, 1);

    private static ValueRange SmallPart => new(0.05, 0.4);

    private static RandomResizedCrop Crop(PixelSize size, ValueRange part) => new(size.Height, size.Width) { Scale = part, Filter = ResamplingFilter.Bicubic };

    /// <summary>The nearest whole number of patches.</summary>
    private static PixelSize SmallSize(ImageConfig config)
    {
        return new(Near(config.ImageSize.Height, config.PatchSize.Height), Near(config.ImageSize.Width, config.PatchSize.Width));

        static int Near(int side, int patch) => Math.Max(1, (int)Math.Round(side * PublishedSmall / (PublishedLarge * patch))) * patch;
    }

    private static Func<PixelImage>[] Views(Lazy<PixelImage>[] images, IReadOnlyList<ImageAugmentation> augmentations, Random random) =>
        [.. images.Select(image => AugmentedImages.Of(() => image.Value, augmentations, random))];
}
