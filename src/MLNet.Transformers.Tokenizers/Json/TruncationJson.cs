using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Reads and writes the <c>truncation</c> of a <c>tokenizer.json</c>.</summary>
internal static class TruncationJson
{
    public static Truncation Read(JsonPart part) => new(part["max_length"].AsCount())
    {
        Side = part.Find("direction")?.AsEnum<TextSide>() ?? TextSide.Right,
        Strategy = part["strategy"].AsEnum<TruncationStrategy>(),
        Stride = part["stride"].AsCount(),
    };

    public static void Write(Utf8JsonWriter writer, Truncation? truncation)
    {
        if (truncation is null)
        {
            writer.WriteNull("truncation");
            return;
        }

        writer.WriteStartObject("truncation");
        writer.WriteString("direction", truncation.Side.ToString());
        writer.WriteNumber("max_length", truncation.MaxLength);
        writer.WriteString("strategy", truncation.Strategy.ToString());
        writer.WriteNumber("stride", truncation.Stride);
        writer.WriteEndObject();
    }
}
