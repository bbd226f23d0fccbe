using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Reads and writes a <c>tokenizer.json</c>: nine parts in one order.</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/tokenizer"/>
internal static class TokenizerJson
{
    private const string Version = "1.0";

    /// <summary>How all files of a tokenizer are written.</summary>
    public static JsonWriterOptions WriterOptions => new() { Indented = true, NewLine = "\n", Encoder = MinimalJsonEncoder.Instance };

    public static TokenizerPipeline Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return JsonFile.Read(stream, Read);
    }

    public static void Write(Stream stream, TokenizerPipeline pipeline)
    {
        using var writer = new Utf8JsonWriter(stream, WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("version", Version);
        TruncationJson.Write(writer, pipeline.Truncation);
        PaddingJson.Write(writer, pipeline.Padding);
        AddedTokenJson.Write(writer, pipeline.AddedTokens);
        WritePart("normalizer", pipeline.Normalizer is { } normalizer ? normalizer.Write : null);
        WritePart("pre_tokenizer", pipeline.PreTokenizer is { } preTokenizer ? preTokenizer.Write : null);
        WritePart("post_processor", pipeline.PostProcessor is { } postProcessor ? postProcessor.Write : null);
        WritePart("decoder", pipeline.Decoder is { } decoder ? decoder.Write : null);
        WritePart("model", pipeline.Algorithm.Write);
        writer.WriteEndObject();

        void WritePart(string name, Action<Utf8JsonWriter>? write)
        {
            writer.WritePropertyName(name);
            if (write is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                write(writer);
            }
        }
    }

    private static TokenizerPipeline Read(JsonPart root)
    {
        if (root.Find("version") is { } version && version.AsString() != Version)
        {
            throw version.Error($"version '{version.AsString()}' is not known, only {Version}");
        }

        return new TokenizerPipeline(AlgorithmJson.Read(root["model"]))
        {
            Truncation = root.Find("truncation") is { } truncation ? TruncationJson.Read(truncation) : null,
            Padding = root.Find("padding") is { } padding ? PaddingJson.Read(padding) : null,
            AddedTokens = [.. root.Find("added_tokens")?.Items().Select(AddedTokenJson.Read) ?? []],
            Normalizer = root.Find("normalizer") is { } normalizer ? NormalizerJson.Read(normalizer) : null,
            PreTokenizer = root.Find("pre_tokenizer") is { } preTokenizer ? PreTokenizerJson.Read(preTokenizer) : null,
            PostProcessor = root.Find("post_processor") is { } postProcessor ? PostProcessorJson.Read(postProcessor) : null,
            Decoder = root.Find("decoder") is { } decoder ? DecoderJson.Read(decoder) : null,
        };
    }
}
