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
            return Read(stream, read);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    /// <exception cref="InvalidDataException">The stream holds no JSON, or not what is read of it.</exception>
    public static T Read<T>(Stream stream, Func<JsonPart, T> read)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(stream, new JsonDocumentOptions { MaxDepth = 256 });
            return read(new JsonPart(document.RootElement, "$"));
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"This is no JSON: {exception.Message}", exception);
        }
    }
}
