using System.Text;
using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Pipeline;

/// <summary>A config and weights within a model file, under the names that their files have in a Hugging Face folder.</summary>
internal static class ModelEntry
{
    private const string Config = "config.json", Weights = "model.safetensors";

    public static void WriteConfig(ModelSaveContext context, ModelConfig config) => WriteText(context, Config, config.ToJson());

    public static void WriteWeights(ModelSaveContext context, Action<Stream> save) => ModelFile.Write(context, Weights, save);

    public static void WriteText(ModelSaveContext context, string entry, string text) =>
        ModelFile.Write(context, entry, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <exception cref="FormatException">The entry is missing, or what it holds cannot be read; the message names it.</exception>
    public static TConfig ReadConfig<TConfig>(ModelLoadContext context, Func<string, TConfig> parse) => ReadText(context, Config, parse);

    /// <inheritdoc cref="ReadConfig"/>
    public static T ReadText<T>(ModelLoadContext context, string entry, Func<string, T> parse) =>
        ModelFile.Read(context, entry, stream => parse(new StreamReader(stream).ReadToEnd()));

    /// <summary>Fills a network, ready to predict on a device; where that fails it is disposed.</summary>
    /// <param name="context">Where the weights are.</param>
    /// <param name="network">What they are for.</param>
    /// <param name="load">Reads them from a stream with that name.</param>
    /// <param name="device">The device.</param>
    /// <exception cref="FormatException">The entry is missing, or what it holds cannot be read; the message names it.</exception>
    public static void ReadWeights(ModelLoadContext context, Module network, Action<Stream, string> load, torch.Device device)
    {
        try
        {
            ModelFile.Read(context, Weights, stream =>
            {
                load(stream, Weights);
                return true;
            });
            network.to(device);
            network.eval();
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }
}
