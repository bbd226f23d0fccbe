using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Puts a string before every text that is not empty (<c>Prepend</c>).</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/normalizers#tokenizers.normalizers.Prepend"/>
public sealed class PrependNormalizer : TextNormalizer
{
    /// <summary>Takes the string to put before.</summary>
    public PrependNormalizer(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        Prefix = prefix;
    }

    /// <summary>What is put before the text.</summary>
    public string Prefix { get; }

    internal static PrependNormalizer Read(JsonPart part) => new(part["prepend"].AsString());

    internal override void Normalize(AlignedText text) => text.Prepend(Prefix);

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "Prepend");
        writer.WriteString("prepend", Prefix);
        writer.WriteEndObject();
    }
}
