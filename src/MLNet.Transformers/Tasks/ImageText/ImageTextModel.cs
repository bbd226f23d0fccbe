using MLNet.Transformers.Models;
using MLNet.Transformers.Tokenizers;
using TorchSharp;

namespace MLNet.Transformers.Tasks;

/// <summary>Two towers that share a space, with what makes their inputs, on a device.</summary>
internal sealed record ImageTextModel(ClipModel Network, TransformerTokenizer Tokenizer, ImageProcessor Processor, torch.Device Device) : IDisposable
{
    /// <summary>Width of the vectors.</summary>
    public int Width => Network.Config.ProjectionSize;

    /// <summary>A text as its tower takes it.</summary>
    public TokenSequence Encode(string text) => TextTaskModel.ToSequence(Tokenizer.Encode(text));

    /// <summary>Where images lie, each a vector of length 1.</summary>
    public float[][] ImageFeatures(IReadOnlyList<Func<PixelImage>> images)
    {
        TransformerMetrics.CountImages(images.Count);
        using var frozen = torch.inference_mode();
        using var batch = Processor.Batch(images, Device);
        using var features = Network.ImageFeatures(batch);
        return Rows(features);
    }

    /// <summary>Where texts lie, each a vector of length 1.</summary>
    public float[][] TextFeatures(IReadOnlyList<TokenSequence> texts)
    {
        TransformerMetrics.CountRead(texts);
        using var frozen = torch.inference_mode();
        using var batch = TokenBatch.Pad(texts, Network.Config.Text.PaddingId, device: Device);
        using var features = Network.TextFeatures(batch);
        return Rows(features);
    }

    public void Dispose() => Network.Dispose();

    private float[][] Rows(torch.Tensor features)
    {
        using var local = features.cpu();
        return [.. local.data<float>().ToArray().Chunk(Width)];
    }
}
