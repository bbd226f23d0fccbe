namespace MLNet.Transformers.Models;

/// <summary>A rectangle at a random place, after padding if wanted, as <see href="https://docs.pytorch.org/vision/stable/generated/torchvision.transforms.RandomCrop.html">torchvision</see> has it.</summary>
public sealed record RandomCrop : ImageAugmentation
{
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public RandomCrop(int height, int width) => (Height, Width) = (height, width);

    /// <summary>Rows of the result.</summary>
    public int Height { get; init => field = AugmentationSetting.Positive(value); }

    /// <summary>Columns of the result.</summary>
    public int Width { get; init => field = AugmentationSetting.Positive(value); }

    /// <summary>Pixels that are put around the image first, at each side.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int Padding { get; init => field = AugmentationSetting.Within(value, 0, int.MaxValue); }

    /// <summary>What the padding is.</summary>
    public PaddingMode PaddingMode { get; init; }

    /// <summary>The value of every channel in a padding of <see cref="PaddingMode.Constant"/>.</summary>
    public byte Fill { get; init; }

    private protected override PixelImage Change(PixelImage image, Random random)
    {
        var (paddedWidth, paddedHeight) = (image.Width + (2 * Padding), image.Height + (2 * Padding));
        if (paddedWidth < Width || paddedHeight < Height)
            throw new ArgumentException($"A crop of {Width} x {Height} pixels does not fit into an image of {image.Width} x {image.Height} with a padding of {Padding}.", nameof(image));
        var top = random.Next(paddedHeight - Height + 1) - Padding;
        var left = random.Next(paddedWidth - Width + 1) - Padding;
        return Cut(image, left, top);
    }

    private PixelImage Cut(PixelImage image, int left, int top)
    {
        var pixels = new byte[Width * Height * image.Channels];
        pixels.AsSpan().Fill(Fill);
        for (var row = 0; row < Height; row++)
            for (var column = 0; column < Width; column++)
            {
                var (x, y) = (Place(left + column, image.Width), Place(top + row, image.Height));
                if (x >= 0 && y >= 0)
                    image.Pixels.AsSpan(((y * image.Width) + x) * image.Channels, image.Channels).CopyTo(pixels.AsSpan(((row * Width) + column) * image.Channels));
            }
        return new PixelImage(Width, Height, image.Channels, pixels);
    }

    /// <summary>The position within a side that a position around it repeats; -1 for none.</summary>
    private int Place(int position, int length) => PaddingMode switch
    {
        PaddingMode.Constant => position >= 0 && position < length ? position : -1,
        PaddingMode.Edge => Math.Clamp(position, 0, length - 1),
        PaddingMode.Reflect when length == 1 => 0,
        PaddingMode.Reflect => Mirror(position, (2 * length) - 2, length - 1, 0),
        _ => Mirror(position, 2 * length, length - 1, 1),
    };

    // The positions go to and fro with a period; the way back begins one later where the edge counts twice.
    private static int Mirror(int position, int period, int last, int twice)
    {
        var within = ((position % period) + period) % period;
        return within <= last ? within : period - twice - within;
    }
}
