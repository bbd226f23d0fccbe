using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLNet.Transformers.Pipeline;

/// <summary>
/// A stage's part of an ML.NET model file: a JSON description beside the entries of a Hugging Face folder
/// (config.json, model.safetensors, tokenizer.json).
/// </summary>
internal static class ModelFile
{
    private const string Description = "stage.json";

    /// <param name="signature">Eight characters, the stage's own.</param>
    /// <param name="loaderSignature">The name under which <see cref="LoadableClassAttribute"/> registers the stage; at most 24 characters.</param>
    public static VersionInfo Version(string signature, string loaderSignature) => new(
        modelSignature: signature,
        verWrittenCur: 0x00010001,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderAssemblyName: typeof(ModelFile).Assembly.GetName().Name,
        loaderSignature: loaderSignature);

    public static void Begin(ModelSaveContext context, VersionInfo version, JsonNode description)
    {
        context.CheckAtModel();
        context.SetVersionInfo(version);
        Write(context, Description, stream => JsonSerializer.Serialize(stream, description));
    }

    /// <exception cref="FormatException">The entry is missing or is not JSON.</exception>
    public static JsonNode Begin(ModelLoadContext context, VersionInfo version)
    {
        context.CheckAtModel(version);
        return Read(context, Description, stream => JsonNode.Parse(stream) ?? throw new FormatException("It is null."));
    }

    public static void Write(ModelSaveContext context, string entry, Action<Stream> write) =>
        context.SaveBinaryStream(entry, writer =>
        {
            writer.Flush();
            write(writer.BaseStream);
        });

    /// <exception cref="FormatException">The entry is missing, or what it holds cannot be read; the message names it.</exception>
    public static T Read<T>(ModelLoadContext context, string entry, Func<Stream, T> read)
    {
        T result = default!;
        try
        {
            if (!context.TryLoadBinaryStream(entry, reader => result = read(reader.BaseStream)))
                throw new FormatException("It is missing.");
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            throw new FormatException($"The model file's entry '{context.Directory}/{entry}' cannot be read: {problem.Message}", problem);
        }
        return result;
    }
}
