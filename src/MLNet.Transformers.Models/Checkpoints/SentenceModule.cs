using System.Text.Json.Nodes;

namespace MLNet.Transformers.Models;

/// <summary>An entry of <c>modules.json</c>.</summary>
/// <param name="Type">The last part of its class's name, such as <c>Pooling</c>.</param>
/// <param name="FullType">Its class's name.</param>
/// <param name="Path">Its folder.</param>
internal sealed record SentenceModule(string Type, string FullType, string Path)
{
    /// <summary>What its <c>config.json</c> says.</summary>
    public JsonNode Config => SentenceEmbeddingFolder.ReadJson(ConfigFile);

    public string ConfigFile => System.IO.Path.Combine(Path, "config.json");

    public static IReadOnlyList<SentenceModule> ReadAll(string folder, string file)
    {
        try
        {
            return [.. SentenceEmbeddingFolder.ReadJson(file).AsArray().Select(entry =>
            {
                var (type, path) = ((string)entry!["type"]!, (string)entry["path"]!);
                if (System.IO.Path.IsPathRooted(path) || path.Split('/', '\\').Contains(".."))
                    throw new InvalidDataException($"'{file}' names the folder '{path}' outside its own.");
                return new SentenceModule(type[(type.LastIndexOf('.') + 1)..], type, System.IO.Path.Combine(folder, path));
            })];
        }
        catch (Exception exception) when (exception is InvalidOperationException or NullReferenceException or ArgumentNullException)
        {
            throw new InvalidDataException($"'{file}' is no list of modules, each with a \"type\" and a \"path\".", exception);
        }
    }
}
