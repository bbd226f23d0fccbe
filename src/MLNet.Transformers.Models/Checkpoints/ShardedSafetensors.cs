using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>
/// Writes a model's weights as Hugging Face does: one <c>model.safetensors</c>, or, beyond a size, several files with a
/// <c>model.safetensors.index.json</c> that says which tensor is where.
/// </summary>
public static partial class ShardedSafetensors
{
    internal const string WeightsFile = "model.safetensors";
    internal const string IndexFile = "model.safetensors.index.json";

    /// <summary>Bytes of tensors that a file holds at most, as the published tools choose.</summary>
    public const long DefaultShardBytes = 5_000_000_000;

    /// <summary>Writes weights into a folder, each file whole or not at all; removes what an earlier save has left of another number of files.</summary>
    /// <param name="folder">A folder that exists.</param>
    /// <param name="tensors">The weights, in an order that keeps together what belongs together.</param>
    /// <param name="shardBytes">Bytes of tensors a file at most; a tensor larger than that gets a file of its own.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="shardBytes"/> is not positive.</exception>
    /// <exception cref="NotSupportedException">The format has no type for a tensor's elements.</exception>
    public static void Write(string folder, IReadOnlyList<(string Name, Tensor Tensor)> tensors, long shardBytes = DefaultShardBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shardBytes);
        var shards = Split(tensors, shardBytes);
        var names = shards.Count == 1 ? [WeightsFile] : shards.Select((_, i) => NameOf(i + 1, shards.Count)).ToList();
        foreach (var (name, shard) in names.Zip(shards))
            SafetensorsWriter.WriteFile(Path.Combine(folder, name), shard);
        if (shards.Count > 1)
            AtomicFile.Write(Path.Combine(folder, IndexFile), stream => WriteIndex(stream, names, shards));
        else
            File.Delete(Path.Combine(folder, IndexFile));
        foreach (var stale in Directory.EnumerateFiles(folder).Where(path => IsWeights(Path.GetFileName(path)) && !names.Contains(Path.GetFileName(path))).ToList())
            File.Delete(stale);
    }

    private static List<List<(string Name, Tensor Tensor)>> Split(IReadOnlyList<(string Name, Tensor Tensor)> tensors, long shardBytes)
    {
        var shards = new List<List<(string, Tensor)>> { new() };
        long filled = 0;
        foreach (var (name, tensor) in tensors)
        {
            var bytes = BytesOf(tensor);
            if (shards[^1].Count > 0 && filled + bytes > shardBytes)
            {
                shards.Add([]);
                filled = 0;
            }
            shards[^1].Add((name, tensor));
            filled += bytes;
        }
        return shards;
    }

    private static void WriteIndex(Stream stream, List<string> names, List<List<(string Name, Tensor Tensor)>> shards)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteStartObject("metadata");
        json.WriteNumber("total_size", shards.Sum(shard => shard.Sum(pair => BytesOf(pair.Tensor))));
        json.WriteEndObject();
        json.WriteStartObject("weight_map");
        foreach (var (tensor, file) in names.Zip(shards, (name, shard) => shard.Select(pair => (pair.Name, File: name))).SelectMany(pairs => pairs)
            .OrderBy(pair => pair.Name, StringComparer.Ordinal))
            json.WriteString(tensor, file);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static long BytesOf(Tensor tensor) => tensor.numel() * tensor.element_size();

    private static string NameOf(int number, int count) => string.Create(CultureInfo.InvariantCulture, $"model-{number:00000}-of-{count:00000}.safetensors");

    private static bool IsWeights(string file) => file == WeightsFile || ShardName().IsMatch(file);

    [GeneratedRegex(@"^model-\d{5}-of-\d{5}\.safetensors$")]
    private static partial Regex ShardName();
}
