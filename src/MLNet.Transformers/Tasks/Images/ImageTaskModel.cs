using MLNet.Transformers.Models;
using TorchSharp;

namespace MLNet.Transformers.Tasks;

/// <summary>A model with its preprocessing, on a device.</summary>
internal sealed record ImageTaskModel(ImageModel Network, ImageProcessor Processor, torch.Device Device) : IDisposable
{
    /// <summary>How the patches lie over an image that the processor has made.</summary>
    public ImageGrid Grid => Network.Backbone.GridOf(Processor.Height, Processor.Width);

    /// <summary>What the head says of images, one after another, from one forward pass.</summary>
    /// <param name="images">The images, not decoded yet.</param>
    /// <param name="finish">What becomes of the head's answers, (images, …), on the device.</param>
    public float[] Score(IReadOnlyList<Func<PixelImage>> images, Func<torch.Tensor, torch.Tensor> finish)
    {
        TransformerMetrics.CountImages(images.Count);
        using var frozen = torch.inference_mode();
        using var batch = Processor.Batch(images, Device);
        using var scores = Network.call(batch);
        using var finished = finish(scores);
        using var local = finished.cpu();
        return local.data<float>().ToArray();
    }

    public void Dispose() => Network.Dispose();
}
