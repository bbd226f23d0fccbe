namespace MLNet.Transformers.Tokenizers;

public sealed partial class TransformerTokenizer
{
    /// <summary>Reads a <c>tokenizer.json</c>.</summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="InvalidDataException">The file is malformed or has parts that this version does not know; the message names their JSON path.</exception>
    public static TransformerTokenizer Load(string path)
    {
        using FileStream stream = File.OpenRead(path);
        try
        {
            return Load(stream);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a <c>tokenizer.json</c>.</summary>
    /// <param name="stream">The content of the file.</param>
    /// <exception cref="InvalidDataException">The file is malformed or has parts that this version does not know; the message names their JSON path.</exception>
    public static TransformerTokenizer Load(Stream stream) => new(TokenizerJson.Read(stream));

    /// <summary>Writes a <c>tokenizer.json</c>.</summary>
    /// <param name="path">The path of the file.</param>
    public void Save(string path)
    {
        using FileStream stream = File.Create(path);
        Save(stream);
    }

    /// <summary>Writes a <c>tokenizer.json</c>.</summary>
    /// <param name="stream">Where the file goes.</param>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        TokenizerJson.Write(stream, Pipeline with { AddedTokens = _addedTokens.Tokens });
    }
}
