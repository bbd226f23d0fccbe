using System.Text;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>The files of a model as Hugging Face lays them out, whatever the model reads: <c>config.json</c> and its weights.</summary>
internal static class ModelFolder
{
    private const string ConfigFile = "config.json";

    /// <summary>The layouts of weights, the preferred first.</summary>
    private static readonly (string File, Func<string, IWeights> Open)[] Layouts =
    [
        (ShardedSafetensors.WeightsFile, SafetensorsFile.Open),
        (ShardedSafetensors.IndexFile, ShardedWeights.Open),
        ("pytorch_model.bin", TorchFile.Open),
        ("pytorch_model.bin.index.json", ShardedWeights.Open),
    ];

    /// <summary>The text of a folder's config.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">The folder has no <c>config.json</c>.</exception>
    public static string ReadConfig(string path)
    {
        if (!Directory.Exists(path))
            throw new DirectoryNotFoundException($"There is no folder '{path}'.");
        var config = Path.Combine(path, ConfigFile);
        return File.Exists(config) ? File.ReadAllText(config) : throw new FileNotFoundException($"The folder '{path}' has no {ConfigFile}.", config);
    }

    /// <summary>Opens the weights in a folder, in one file or several: safetensors where there are any, else what torch.save has written.</summary>
    /// <exception cref="FileNotFoundException">The folder has neither.</exception>
    /// <exception cref="InvalidDataException">A file breaks a rule of its format.</exception>
    public static IWeights OpenWeights(string path)
    {
        foreach (var (file, open) in Layouts)
            if (Path.Combine(path, file) is var found && File.Exists(found))
                return open(found);
        throw new FileNotFoundException($"The folder '{path}' has none of {string.Join(", ", Layouts.Select(layout => layout.File))}.", Path.Combine(path, Layouts[0].File));
    }

    /// <summary>Fills a model with a folder's weights; where that fails the model is disposed.</summary>
    /// <returns>The published names of what the head keeps of its own.</returns>
    /// <exception cref="WeightMismatchException">The weights do not fit the model.</exception>
    public static IReadOnlyList<string> Load(Module model, ModelConfig config, string path, bool newHead)
    {
        try
        {
            using var weights = OpenWeights(path);
            return Checkpoint.Load(model, NamesOf(config), weights, newHead);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Writes a model's config and weights; each file appears whole or not at all.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="shardBytes"/> is not positive.</exception>
    public static void Save(Module model, ModelConfig config, string path, long shardBytes)
    {
        Directory.CreateDirectory(path);
        var weights = Checkpoint.Publish(model, NamesOf(config));
        ShardedSafetensors.Write(path, weights, shardBytes);
        foreach (var (_, tensor) in weights)
            tensor.Dispose();
        WriteText(path, ConfigFile, config.ToJson());
    }

    /// <summary>Writes a text file of a folder, whole or not at all.</summary>
    public static void WriteText(string path, string file, string text) =>
        AtomicFile.Write(Path.Combine(path, file), stream => stream.Write(Encoding.UTF8.GetBytes(text + "\n")));

    /// <summary>Writes a model's weights as safetensors, under their published names.</summary>
    public static void WriteWeights(Module model, ModelConfig config, Stream stream)
    {
        var published = Checkpoint.Publish(model, NamesOf(config));
        SafetensorsWriter.Write(stream, published);
        foreach (var (_, tensor) in published)
            tensor.Dispose();
    }

    /// <summary>Reads what <see cref="WriteWeights"/> has written.</summary>
    /// <exception cref="InvalidDataException">The stream is no safetensors, or ends too soon.</exception>
    /// <exception cref="WeightMismatchException">The weights do not fit the model.</exception>
    public static void ReadWeights(Module model, ModelConfig config, Stream stream, string origin)
    {
        using var weights = SafetensorsStream.Read(stream, origin);
        Checkpoint.Load(model, NamesOf(config), weights);
    }

    private static NameTable NamesOf(ModelConfig config) => Architectures.Find(config.ModelType).NamesFor(config);
}
