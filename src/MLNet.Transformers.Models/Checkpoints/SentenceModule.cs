using System.Text.Json.Nodes;

namespace MLNet.Transformers.Models;

/// <summary>An entry of <c>modules.json</c>.</summary>
/// <param name="Type">The last part of its class's name, such as <c>Pooling</c>.</param>
/// <param name="FullType">Its class's name.</param>
/// <param name="Path">Its folder.</param>
internal sealed record SentenceModule(string Type, string FullType, string Path)
{
    /// <summary>The file that says how it was built; some kinds have none.</summary>
    public string ConfigFile => System.IO.Path.Combine(Path, "config.json");

    public static IReadOnlyList<SentenceModule> ReadAll(string folder, string file) => SentenceEmbeddingFolder.Read(file, modules =>
        modules.AsArray().Select(entry =>
        {
            if ((string?)entry?["type"] is not { } type || (string?)entry["path"] is not { } path)
                throw new InvalidDataException($"'{file}' has a module without \"type\" or \"path\".");
            if (System.IO.Path.IsPathRooted(path) || path.Split('/', '\\').Contains(".."))
                throw new InvalidDataException($"'{file}' names the folder '{path}' outside its own.");
            return new SentenceModule(type[(type.LastIndexOf('.') + 1)..], type, System.IO.Path.Combine(folder, path));
        }).ToArray());

    /// <summary>Reads its <c>config.json</c>.</summary>
    public T Read<T>(Func<JsonNode, T> read) => SentenceEmbeddingFolder.Read(ConfigFile, read);
}
