namespace MLNet.Transformers.Models;

/// <summary>The luminance of every tenth image, in as many channels; grey images stay as they are.</summary>
public sealed record Grayscale() : ImageAugmentation(0.1)
{
    private protected override PixelImage Change(PixelImage image, Random random) => image.ToGray().WithChannels(image.Channels);
}
