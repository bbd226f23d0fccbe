namespace MLNet.Transformers.Models;

/// <summary>Top and bottom exchanged, of every other image.</summary>
public sealed record VerticalFlip() : ImageAugmentation(0.5)
{
    private protected override PixelImage Change(PixelImage image, Random random)
    {
        var pixels = new byte[image.Pixels.Length];
        for (var row = 0; row < image.Height; row++)
            image.View.Row(row).CopyTo(pixels.AsSpan((image.Height - 1 - row) * image.Width * image.Channels));
        return new PixelImage(image.Width, image.Height, image.Channels, pixels);
    }
}
