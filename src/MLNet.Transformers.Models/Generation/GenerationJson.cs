using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MLNet.Transformers.Models;

/// <summary>Reads generation options out of a file of their own or of a model's config.</summary>
internal static class GenerationJson
{
    public static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>The keys that a model's config may hold too.</summary>
    private static readonly string[] Known =
        [.. Format.GetTypeInfo(typeof(GenerationConfig)).Properties.Where(property => !property.IsExtensionData).Select(property => property.Name)];

    public static GenerationConfig Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<GenerationConfig>(json, Format) ?? throw new InvalidDataException("The generation config is null.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The generation config cannot be read: {exception.Message}", exception);
        }
    }

    public static GenerationConfig ReadOptions(TextConfig config)
    {
        var all = JsonNode.Parse(config.ToJson())!.AsObject();
        var options = new JsonObject();
        foreach (var key in Known)
            if (all.TryGetPropertyValue(key, out var value) && value is not null)
                options[key] = value.DeepClone();
        return Read(options.ToJsonString());
    }
}
