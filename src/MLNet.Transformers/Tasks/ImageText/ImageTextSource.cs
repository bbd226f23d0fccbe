using MLNet.Transformers.Models;
using MLNet.Transformers.Tokenizers;
using TorchSharp;

namespace MLNet.Transformers.Tasks;

/// <summary>Where two towers come from that were trained before.</summary>
internal static class ImageTextSource
{
    /// <summary>Those of a folder.</summary>
    /// <exception cref="IOException">The folder, or a file in it, is missing or broken.</exception>
    public static ImageTextModel Open(string path, ImageProcessor? processor, torch.Device device)
    {
        var folder = PretrainedClipFolder.Open(path);
        var tokenizer = TokenizerSource.Open(path).WithPadding(null).WithTruncation(new Truncation(folder.Config.Text.MaxLength));
        processor ??= ImageProcessor.Open(path);
        var network = folder.Load();
        network.to(device);
        network.eval();
        return new ImageTextModel(network, tokenizer, processor, device);
    }

    /// <summary>A copy of those in memory.</summary>
    public static ImageTextModel Copy(ImageTextModel source, ImageProcessor? processor, torch.Device device)
    {
        var network = ClipModel.Create(source.Network.Config);
        network.load_state_dict(source.Network.state_dict());
        network.to(device);
        network.eval();
        return new ImageTextModel(network, source.Tokenizer, processor ?? source.Processor, device);
    }
}
