namespace MLNet.Transformers.Models;

/// <summary>
/// A rectangle of random area, proportions and place, resized: <see href="https://arxiv.org/abs/1409.4842">Szegedy et al., 2014</see>,
/// drawn as <see href="https://docs.pytorch.org/vision/stable/generated/torchvision.transforms.RandomResizedCrop.html">torchvision</see> draws it.
/// </summary>
public sealed record RandomResizedCrop : ImageAugmentation
{
    private const int Attempts = 10;

    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public RandomResizedCrop(int height, int width) => (Height, Width) = (height, width);

    /// <summary>Rows of the result.</summary>
    public int Height { get; init => field = AugmentationSetting.Positive(value); }

    /// <summary>Columns of the result.</summary>
    public int Width { get; init => field = AugmentationSetting.Positive(value); }

    /// <summary>The rectangle's part of the image's area.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not within 0 and 1.</exception>
    public ValueRange Scale { get; init => field = AugmentationSetting.Within(value, 0, 1); } = new(0.08, 1);

    /// <summary>The rectangle's width divided by its height.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public ValueRange Ratio { get; init => field = AugmentationSetting.Positive(value); } = new(3.0 / 4, 4.0 / 3);

    /// <summary>How pixels are weighed.</summary>
    public ResamplingFilter Filter { get; init; } = ResamplingFilter.Bilinear;

    private protected override PixelImage Change(PixelImage image, Random random)
    {
        var (columns, rows) = Draw(image, random);
        return image.View.Part(columns, rows).Resize(Width, Height, Filter);
    }

    private (Extent Columns, Extent Rows) Draw(PixelImage image, Random random)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var area = (double)image.Width * image.Height * Scale.Draw(random);
            var ratio = Ratio.DrawRatio(random);
            var (width, height) = ((int)Math.Round(Math.Sqrt(area * ratio)), (int)Math.Round(Math.Sqrt(area / ratio)));
            if (width < 1 || width > image.Width || height < 1 || height > image.Height)
                continue;
            var top = random.Next(image.Height - height + 1);
            return (new(random.Next(image.Width - width + 1), width), new(top, height));
        }
        var whole = (double)image.Width / image.Height;
        return (
            CentralPart.Of(image.Width, whole > Ratio.Most ? Math.Max(1, (int)Math.Round(image.Height * Ratio.Most)) : image.Width).Part,
            CentralPart.Of(image.Height, whole < Ratio.Least ? Math.Max(1, (int)Math.Round(image.Width / Ratio.Least)) : image.Height).Part);
    }
}
