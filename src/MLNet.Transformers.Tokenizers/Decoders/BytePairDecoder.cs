using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Turns the mark that ends words into spaces (<c>BPEDecoder</c>).</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/decoders#tokenizers.decoders.BPEDecoder"/>
public sealed class BytePairDecoder : TokenDecoder
{
    /// <summary>Takes the mark.</summary>
    public BytePairDecoder(string suffix = "</w>")
    {
        ArgumentNullException.ThrowIfNull(suffix);
        Suffix = suffix;
    }

    /// <summary>The mark that ends words.</summary>
    public string Suffix { get; }

    internal static BytePairDecoder Read(JsonPart part) => new(part["suffix"].AsString());

    internal override List<string> Decode(List<string> tokens)
    {
        for (int i = 0; i < tokens.Count && Suffix.Length > 0; i++)
        {
            tokens[i] = tokens[i].Replace(Suffix, i == tokens.Count - 1 ? "" : " ", StringComparison.Ordinal);
        }

        return tokens;
    }

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "BPEDecoder");
        writer.WriteString("suffix", Suffix);
        writer.WriteEndObject();
    }
}
