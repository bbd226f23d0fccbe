using System.Buffers.Binary;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLNet.Transformers.Models;

/// <summary>What decides a training, by name: the options, the task, the model's config and the data.</summary>
internal static class TrainingConfiguration
{
    /// <summary>Options that change what is told, what is kept and what it costs, not what is learnt.</summary>
    private static readonly string[] Indifferent = [nameof(TrainingOptions.ReportEvery), nameof(TrainingOptions.Checkpoints), nameof(TrainingOptions.GradientCheckpointing)];

    public static SortedDictionary<string, string> Of<TExample>(
        TrainingTask<TExample> task, TrainingOptions options, IReadOnlyList<TExample> examples, IReadOnlyList<TExample>? validation)
    {
        var result = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["task"] = task.GetType().Name,
            ["training set"] = HashOf(examples),
            ["validation set"] = HashOf(validation ?? []),
        };
        foreach (var option in typeof(TrainingOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(option => !Indifferent.Contains(option.Name)))
            result["option " + option.Name] = TextOf(option.GetValue(options));
        foreach (var (name, value) in JsonSerializer.SerializeToNode(task.Settings) as JsonObject ?? [])
            result["task's " + name] = value?.ToJsonString() ?? "";
        ModelConfig? config = task.Model switch
        {
            TextModel model => model.Config,
            ImageModel model => model.Config,
            DinoModel model => model.Config,
            _ => null,
        };
        if (config is not null)
            foreach (var (name, value) in JsonNode.Parse(config.ToJson())!.AsObject())
                result["model's " + name] = value?.ToJsonString() ?? "";
        return result;
    }

    /// <summary>Refuses to go on from another training.</summary>
    /// <exception cref="InvalidDataException">Names all that differs.</exception>
    public static void RequireSame(IReadOnlyDictionary<string, string> saved, IReadOnlyDictionary<string, string> current, string path)
    {
        var differences = saved.Keys.Union(current.Keys).Order(StringComparer.Ordinal)
            .Select(name => (Name: name, Saved: saved.GetValueOrDefault(name, "(none)"), Current: current.GetValueOrDefault(name, "(none)")))
            .Where(pair => pair.Saved != pair.Current)
            .Select(pair => $"{pair.Name} was {pair.Saved}, and is {pair.Current}")
            .ToList();
        if (differences.Count > 0)
            throw new InvalidDataException($"The checkpoint '{path}' is of another training: {string.Join("; ", differences)}.");
    }

    private static string TextOf(object? value) => value switch
    {
        IEnumerable<string> texts => string.Join(", ", texts),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>How many there are, and the hash of them all in their order.</summary>
    private static string HashOf<TExample>(IReadOnlyList<TExample> examples)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var example in examples)
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(example);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
        return $"{examples.Count} examples {Convert.ToHexString(hash.GetHashAndReset().AsSpan(0, 8))}";
    }
}
