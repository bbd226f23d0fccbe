using System.Text;
using Microsoft.ML.Runtime;
using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;
using TorchSharp;

namespace MLNet.Transformers.Pipeline;

/// <summary>A model with its tokenizer within a model file, under the names that their files have in a Hugging Face folder.</summary>
internal static class ModelEntry
{
    private const string Config = "config.json", Weights = "model.safetensors";

    public static void Write(ModelSaveContext context, TextTaskModel model)
    {
        ModelFile.Write(context, Config, stream => stream.Write(Encoding.UTF8.GetBytes(model.Network.Config.ToJson())));
        TokenizerEntry.Write(context, model.Tokenizer);
        if (model.TargetTokenizer is { } target)
            TokenizerEntry.WriteTarget(context, target);
        ModelFile.Write(context, Weights, model.Network.SaveWeights);
    }

    /// <summary>The model, ready to predict on the device that the environment chooses.</summary>
    /// <exception cref="FormatException">An entry is missing, or what it holds cannot be read; the message names it.</exception>
    public static TextTaskModel Read(ModelLoadContext context, IHost host, Func<TextConfig, TextBackbone, Head> createHead)
    {
        var device = ComputeDevice.Choose(host, null);
        var config = ModelFile.Read(context, Config, stream => TextConfig.FromJson(new StreamReader(stream).ReadToEnd()));
        var tokenizer = TokenizerEntry.Read(context);
        var network = TextModel.Create(config, createHead);
        try
        {
            ModelFile.Read(context, Weights, stream =>
            {
                network.LoadWeights(stream, Weights);
                return true;
            });
            network.to(device);
            network.eval();
            return new TextTaskModel(network, tokenizer, device);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }
}
