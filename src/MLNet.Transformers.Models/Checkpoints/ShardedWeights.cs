using System.Text.Json;
using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>A checkpoint split over several files by an index: a <c>model.safetensors.index.json</c> or <c>pytorch_model.bin.index.json</c>.</summary>
public sealed class ShardedWeights : IWeights
{
    private readonly Dictionary<string, IWeights> files = [];
    private readonly Dictionary<string, string> fileOf;

    private ShardedWeights(string indexPath, Dictionary<string, string> fileOf)
    {
        Origin = indexPath;
        this.fileOf = fileOf;
        try
        {
            foreach (var file in fileOf.Values.Distinct())
                files.Add(file, Open(PathOf(indexPath, file), file));
            Tensors = fileOf.ToDictionary(pair => pair.Key, pair => files[pair.Value].Tensors.TryGetValue(pair.Key, out var description)
                ? description
                : throw new InvalidDataException($"'{indexPath}' says that '{pair.Value}' has a tensor '{pair.Key}', and it has not."));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string Origin { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, TensorDescription> Tensors { get; }

    /// <summary>Opens the files that an index names, all in its own folder: safetensors, or what torch.save has written.</summary>
    /// <exception cref="FileNotFoundException">There is no such index, or it names a file that is not there.</exception>
    /// <exception cref="InvalidDataException">The index or a file cannot be read, or they disagree.</exception>
    public static ShardedWeights Open(string indexPath)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(indexPath), new JsonDocumentOptions { AllowDuplicateProperties = false });
            return new ShardedWeights(indexPath, document.RootElement.GetProperty("weight_map").EnumerateObject()
                .ToDictionary(entry => entry.Name, entry => entry.Value.GetString() ?? throw new InvalidDataException($"'{indexPath}' names no file for the tensor '{entry.Name}'.")));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidDataException($"The index '{indexPath}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public Tensor Read(string name) => fileOf.TryGetValue(name, out var file)
        ? files[file].Read(name)
        : throw new KeyNotFoundException($"'{Origin}' has no tensor '{name}'.");

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in files.Values)
            file.Dispose();
    }

    private static IWeights Open(string path, string file) => file.EndsWith(".safetensors", StringComparison.Ordinal)
        ? SafetensorsFile.Open(path)
        : TorchFile.Open(path);

    private static string PathOf(string indexPath, string file) => Path.GetFileName(file) == file && file.Length > 0 && file is not (".." or ".")
        ? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(indexPath))!, file)
        : throw new InvalidDataException($"'{indexPath}' names the file '{file}' outside its own folder.");
}
