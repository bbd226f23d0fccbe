using Microsoft.ML.Runtime;
using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers.Pipeline;

/// <summary>A model with its preprocessing within a model file.</summary>
internal static class ImageModelEntry
{
    public static void Write(ModelSaveContext context, ImageTaskModel model)
    {
        ModelEntry.WriteConfig(context, model.Network.Config);
        ModelEntry.WriteText(context, ImageProcessor.FileName, model.Processor.ToJson());
        ModelEntry.WriteWeights(context, model.Network.SaveWeights);
    }

    /// <summary>The model, ready to predict on the device that the environment chooses.</summary>
    /// <exception cref="FormatException">An entry is missing, or what it holds cannot be read; the message names it.</exception>
    public static ImageTaskModel Read(ModelLoadContext context, IHost host, Func<ImageConfig, ImageBackbone, ImageHead> createHead)
    {
        var device = ComputeDevice.Choose(host, null);
        var config = ModelEntry.ReadConfig(context, ImageConfig.FromJson);
        var processor = ModelEntry.ReadText(context, ImageProcessor.FileName, json => ImageProcessor.FromJson(json));
        var network = ImageModel.Create(config, createHead);
        ModelEntry.ReadWeights(context, network, network.LoadWeights, device);
        return new ImageTaskModel(network, processor, device);
    }
}
