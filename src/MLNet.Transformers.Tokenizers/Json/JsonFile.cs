using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Reads files of JSON, and names them in every complaint.</summary>
internal static class JsonFile
{
    public static T Read<T>(string path, Func<JsonPart, T> read)
    {
        using FileStream stream = File.OpenRead(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(stream, new JsonDocumentOptions { MaxDepth = 256 });
            return read(new JsonPart(document.RootElement, "$"));
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }
}
