using Microsoft.ML.Runtime;
using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers.Pipeline;

/// <summary>A model with its tokenizer within a model file.</summary>
internal static class TextModelEntry
{
    public static void Write(ModelSaveContext context, TextTaskModel model)
    {
        ModelEntry.WriteConfig(context, model.Network.Config);
        TokenizerEntry.Write(context, model.Tokenizer);
        if (model.TargetTokenizer is { } target)
            TokenizerEntry.WriteTarget(context, target);
        ModelEntry.WriteWeights(context, model.Network.SaveWeights);
    }

    /// <summary>The model, ready to predict on the device that the environment chooses.</summary>
    /// <exception cref="FormatException">An entry is missing, or what it holds cannot be read; the message names it.</exception>
    public static TextTaskModel Read(ModelLoadContext context, IHost host, Func<TextConfig, TextBackbone, Head> createHead)
    {
        var device = ComputeDevice.Choose(host, null);
        var config = ModelEntry.ReadConfig(context, TextConfig.FromJson);
        var tokenizer = TokenizerEntry.Read(context);
        var network = TextModel.Create(config, createHead);
        ModelEntry.ReadWeights(context, network, network.LoadWeights, device);
        return new TextTaskModel(network, tokenizer, device);
    }
}
