namespace MLNet.Transformers.Models;

/// <summary>Left and right exchanged, of every other image.</summary>
public sealed record HorizontalFlip() : ImageAugmentation(0.5)
{
    private protected override PixelImage Change(PixelImage image, Random random)
    {
        var pixels = new byte[image.Pixels.Length];
        for (var row = 0; row < image.Height; row++)
            Mirror(image.View.Row(row), image.Channels, pixels.AsSpan(row * image.Width * image.Channels));
        return new PixelImage(image.Width, image.Height, image.Channels, pixels);
    }

    private static void Mirror(ReadOnlySpan<byte> row, int channels, Span<byte> target)
    {
        var last = row.Length - channels;
        for (var pixel = 0; pixel < row.Length; pixel += channels)
            for (var channel = 0; channel < channels; channel++)
                target[last - pixel + channel] = row[pixel + channel];
    }
}
