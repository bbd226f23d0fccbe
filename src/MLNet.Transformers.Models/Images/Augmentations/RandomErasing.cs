namespace MLNet.Transformers.Models;

/// <summary>A random rectangle of every other image overwritten: <see href="https://arxiv.org/abs/1708.04896">Zhong et al., 2017</see>, drawn as <see href="https://docs.pytorch.org/vision/stable/generated/torchvision.transforms.RandomErasing.html">torchvision</see> draws it.</summary>
public sealed record RandomErasing() : ImageAugmentation(0.5)
{
    private const int Attempts = 10;

    /// <summary>The rectangle's part of the image's area.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not within 0 and 1.</exception>
    public ValueRange Scale { get; init => field = AugmentationSetting.Within(value, 0, 1); } = new(0.02, 0.33);

    /// <summary>The rectangle's height divided by its width.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public ValueRange Ratio { get; init => field = AugmentationSetting.Positive(value); } = new(0.3, 3.3);

    /// <summary>What every value in the rectangle becomes; null for a draw each.</summary>
    public byte? Fill { get; init; }

    private protected override PixelImage Change(PixelImage image, Random random)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var area = (double)image.Width * image.Height * Scale.Draw(random);
            var ratio = Ratio.DrawRatio(random);
            var (height, width) = ((int)Math.Round(Math.Sqrt(area * ratio)), (int)Math.Round(Math.Sqrt(area / ratio)));
            if (height < 1 || width < 1 || height >= image.Height || width >= image.Width)
                continue;
            var top = random.Next(image.Height - height + 1);
            return Erase(image, new(random.Next(image.Width - width + 1), width), new(top, height), random);
        }
        return image;
    }

    private PixelImage Erase(PixelImage image, Extent columns, Extent rows, Random random)
    {
        var pixels = (byte[])image.Pixels.Clone();
        for (var row = rows.Start; row < rows.End; row++)
        {
            var values = pixels.AsSpan(((row * image.Width) + columns.Start) * image.Channels, columns.Count * image.Channels);
            if (Fill is { } fill)
                values.Fill(fill);
            else
                random.NextBytes(values);
        }
        return new PixelImage(image.Width, image.Height, image.Channels, pixels);
    }
}
