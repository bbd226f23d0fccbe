using Microsoft.ML.Runtime;
using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers.Pipeline;

/// <summary>Two towers with what makes their inputs within a model file.</summary>
internal static class ImageTextModelEntry
{
    public static void Write(ModelSaveContext context, ImageTextModel model)
    {
        ModelEntry.WriteConfig(context, model.Network.Config);
        TokenizerEntry.Write(context, model.Tokenizer);
        ModelEntry.WriteText(context, ImageProcessor.FileName, model.Processor.ToJson());
        ModelEntry.WriteWeights(context, model.Network.SaveWeights);
    }

    /// <summary>The model, ready to predict on the device that the environment chooses.</summary>
    /// <exception cref="FormatException">An entry is missing, or what it holds cannot be read; the message names it.</exception>
    public static ImageTextModel Read(ModelLoadContext context, IHost host)
    {
        var device = ComputeDevice.Choose(host, null);
        var config = ModelEntry.ReadConfig(context, json => (ClipConfig)ModelConfig.FromJson(json));
        var (tokenizer, processor) = (TokenizerEntry.Read(context), ModelEntry.ReadText(context, ImageProcessor.FileName, json => ImageProcessor.FromJson(json)));
        var network = ClipModel.Create(config);
        ModelEntry.ReadWeights(context, network, network.LoadWeights, device);
        return new ImageTextModel(network, tokenizer, processor, device);
    }
}
