using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLNet.Transformers.Models;

/// <summary>
/// A folder as <see href="https://sbert.net">sentence-transformers</see> lays it out: a transformer, and what makes its states
/// one vector, listed in <c>modules.json</c> and each in a folder of its own.
/// </summary>
public sealed partial class SentenceEmbeddingFolder
{
    private const string ModulesFile = "modules.json";
    private const string ConfigFile = "config.json";
    private const string PromptsFile = "config_sentence_transformers.json";

    private readonly string transformerPath;
    private readonly IReadOnlyDictionary<int, string> weightFolders;
    private readonly PretrainedFolder transformer;

    private SentenceEmbeddingFolder(string transformerPath, SentenceEmbeddingConfig embedding, IReadOnlyDictionary<int, string> weightFolders)
    {
        this.transformerPath = transformerPath;
        this.weightFolders = weightFolders;
        Embedding = embedding;
        transformer = PretrainedFolder.Open(transformerPath);
    }

    /// <summary>The transformer's config.</summary>
    public TextConfig Config => transformer.Config;

    /// <summary>The folder with the transformer's own files, its tokenizer among them.</summary>
    public string TransformerPath => transformerPath;

    /// <summary>How states become a vector.</summary>
    public SentenceEmbeddingConfig Embedding { get; }

    /// <summary>What the folder says of its texts.</summary>
    public SentenceTextSettings Texts { get; private init; } = new();

    /// <summary>Whether a folder is laid out so.</summary>
    public static bool Is(string path) => File.Exists(Path.Combine(path, ModulesFile));

    /// <summary>Reads a folder's modules and settings.</summary>
    /// <exception cref="FileNotFoundException">A file that the folder needs is missing.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read; the message names it.</exception>
    /// <exception cref="NotSupportedException">A module, or a setting of one, is unknown to this library; the message names it.</exception>
    public static SentenceEmbeddingFolder Open(string path)
    {
        var modules = SentenceModule.ReadAll(path, Path.Combine(path, ModulesFile));
        var reader = new SentenceModuleReader();
        foreach (var module in modules)
            reader.Read(module);
        return new SentenceEmbeddingFolder(reader.TransformerPath(path), reader.Embedding(path), reader.WeightFolders)
        {
            Texts = SentenceTextSettings.Read(reader.TransformerPath(path), Path.Combine(path, PromptsFile), reader.IncludesPrompt),
        };
    }

    /// <summary>The transformer with a <see cref="SentenceEmbedding"/> on it, all weights loaded.</summary>
    /// <param name="embedding">How states become a vector, with maps of the folder alone; null for all that the folder says.</param>
    /// <exception cref="WeightMismatchException">Weights are missing, left over or of another shape.</exception>
    public TextModel Load(SentenceEmbeddingConfig? embedding = null)
    {
        var model = TextModel.Create(Config, (config, _) => new SentenceEmbedding(embedding ?? Embedding, config));
        try
        {
            using var weights = OpenWeights();
            Checkpoint.Load(model, Architectures.Find(Config.ModelType).Names, weights);
            model.eval();
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private JoinedWeights OpenWeights()
    {
        var parts = new List<(string Prefix, IWeights Weights)>();
        try
        {
            parts.Add(("", transformer.OpenWeights()));
            foreach (var (step, folder) in weightFolders)
                parts.Add(($"{NameTable.EmbeddingSteps}.{step}.", ModelFolder.OpenWeights(folder)));
            return new JoinedWeights(transformerPath, parts);
        }
        catch
        {
            foreach (var (_, weights) in parts)
                weights.Dispose();
            throw;
        }
    }

    /// <summary>Reads a JSON file.</summary>
    /// <exception cref="InvalidDataException">It is no JSON, or a value is of another type than it should be; the message names the file.</exception>
    internal static T Read<T>(string file, Func<JsonNode, T> read)
    {
        try
        {
            return read(JsonNode.Parse(File.ReadAllBytes(file)) ?? throw new InvalidDataException($"'{file}' is null."));
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"'{file}' is no JSON: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"'{file}' holds a value of another type than it should: {exception.Message}", exception);
        }
    }
}
