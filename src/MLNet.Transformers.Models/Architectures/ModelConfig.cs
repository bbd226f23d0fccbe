using System.Text.Json;
using System.Text.Json.Serialization;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>What the <c>config.json</c> of every family has, whatever its models read.</summary>
public abstract record ModelConfig
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The family's published name.</summary>
    [JsonPropertyName("model_type"), JsonPropertyOrder(-3)]
    public string ModelType => Family;

    /// <summary>The family's published name, once for each family.</summary>
    protected abstract string Family { get; }

    /// <summary>The published class names that the weights fit.</summary>
    [JsonPropertyName("architectures"), JsonPropertyOrder(-2)]
    public IReadOnlyList<string>? PublishedClasses { get; init; }

    /// <summary>Name of each class, in order.</summary>
    [JsonIgnore]
    public IReadOnlyList<string>? LabelNames { get; init; }

    /// <summary>What a model's scores are for: <c>regression</c>, <c>single_label_classification</c> or <c>multi_label_classification</c>; null where nobody has said.</summary>
    [JsonPropertyName("problem_type")]
    public string? ProblemType { get; init; }

    /// <summary>Published keys that this library does not use; they survive reading and writing.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherKeys { get; init; }

    [JsonInclude, JsonPropertyName("id2label")]
    private SortedDictionary<int, string>? LabelsById
    {
        get => LabelNames is null ? null : new(LabelNames.Index().ToDictionary(label => label.Index, label => label.Item));
        init => LabelNames = value is null ? null : [.. value.Values];
    }

    [JsonInclude, JsonPropertyName("label2id")]
    private Dictionary<string, int>? IdsByLabel
    {
        get => LabelNames?.Index().DistinctBy(label => label.Item).ToDictionary(label => label.Item, label => label.Index);
        init { }
    }

    /// <summary>The config of the part that reads texts, where that is a model by itself too; null where it is not.</summary>
    internal virtual TextConfig? TextTower => null;

    /// <summary>The config of the part that reads images, where that is a model by itself too; null where it is not.</summary>
    internal virtual ImageConfig? ImageTower => null;

    /// <summary>Gives a fresh model the weights that its family starts from.</summary>
    internal abstract void Initialize(Module model);

    /// <summary>The names of the classes.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    internal IReadOnlyList<string> RequireLabels() => LabelNames is { Count: > 0 } labels
        ? labels
        : throw new ArgumentException("The config names no labels (id2label).");

    /// <summary>The config as the text of a <c>config.json</c>.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, GetType(), Format);

    /// <summary>Reads the text of a <c>config.json</c> of any family in the registry.</summary>
    /// <exception cref="InvalidDataException">The text is no such config.</exception>
    /// <exception cref="NotSupportedException">The family is unknown.</exception>
    public static ModelConfig FromJson(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object ||
                !document.RootElement.TryGetProperty("model_type", out var type) || type.ValueKind != JsonValueKind.String)
                throw new InvalidDataException("The config has no \"model_type\".");
            var architecture = Architectures.Find(type.GetString()!);
            return (ModelConfig)document.RootElement.Deserialize(architecture.ConfigType, Format)!;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The config cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads the text of a <c>config.json</c> of a family of one kind, or of one with such a part.</summary>
    /// <typeparam name="TConfig">The kind of configs wanted.</typeparam>
    /// <exception cref="InvalidDataException">The text is no such config.</exception>
    /// <exception cref="NotSupportedException">The family is unknown, or of another kind.</exception>
    internal static TConfig FromJson<TConfig>(string json)
        where TConfig : ModelConfig => FromJson(json) is var config && (config as TConfig ?? config.TextTower as TConfig ?? config.ImageTower as TConfig) is { } wanted
        ? wanted
        : throw new NotSupportedException($"A '{config.ModelType}' model has a {config.GetType().Name}, which is no {typeof(TConfig).Name}.");
}
