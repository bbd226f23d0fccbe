namespace MLNet.Transformers.Models;

/// <summary>Left and right exchanged, of every other image.</summary>
public sealed record HorizontalFlip() : ImageAugmentation(0.5)
{
    private protected override PixelImage Change(PixelImage image, Random random)
    {
        var pixels = new byte[image.Pixels.Length];
        for (var at = 0; at < pixels.Length; at += image.Channels)
        {
            var (row, column) = Math.DivRem(at / image.Channels, image.Width);
            image.Pixels.AsSpan(at, image.Channels).CopyTo(pixels.AsSpan(((row * image.Width) + image.Width - 1 - column) * image.Channels));
        }
        return new PixelImage(image.Width, image.Height, image.Channels, pixels);
    }
}
