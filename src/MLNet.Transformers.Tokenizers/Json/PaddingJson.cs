using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Reads and writes the <c>padding</c> of a <c>tokenizer.json</c>.</summary>
internal static class PaddingJson
{
    private const string Longest = "BatchLongest", Fixed = "Fixed";

    public static Padding Read(JsonPart part) => new()
    {
        Length = ReadLength(part["strategy"]),
        Side = part["direction"].AsEnum<TextSide>(),
        MultipleOf = part.Find("pad_to_multiple_of")?.AsCount(),
        Id = part["pad_id"].AsCount(),
        TypeId = part["pad_type_id"].AsCount(),
        Token = part["pad_token"].AsString(),
    };

    public static void Write(Utf8JsonWriter writer, Padding? padding)
    {
        if (padding is null)
        {
            writer.WriteNull("padding");
            return;
        }

        writer.WriteStartObject("padding");
        if (padding.Length is { } length)
        {
            writer.WriteStartObject("strategy");
            writer.WriteNumber(Fixed, length);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteString("strategy", Longest);
        }

        writer.WriteString("direction", padding.Side.ToString());
        writer.WritePropertyName("pad_to_multiple_of");
        JsonSerializer.Serialize(writer, padding.MultipleOf);
        writer.WriteNumber("pad_id", padding.Id);
        writer.WriteNumber("pad_type_id", padding.TypeId);
        writer.WriteString("pad_token", padding.Token);
        writer.WriteEndObject();
    }

    private static int? ReadLength(JsonPart strategy)
    {
        if (strategy.Element.ValueKind == JsonValueKind.Object)
        {
            return strategy[Fixed].AsCount();
        }

        return strategy.AsString() == Longest ? null : throw strategy.Error($"'{strategy.AsString()}' is neither {Longest} nor {Fixed}");
    }
}
