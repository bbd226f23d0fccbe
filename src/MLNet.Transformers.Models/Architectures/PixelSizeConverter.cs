using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>A size as one number, which is read and written for a square, or as a list of height and width.</summary>
internal sealed class PixelSizeConverter : JsonConverter<PixelSize>
{
    public override PixelSize Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return PixelSize.Square(Positive(reader.GetInt32()));
        var sides = JsonSerializer.Deserialize<int[]>(ref reader, options);
        return sides is [var height, var width]
            ? new(Positive(height), Positive(width))
            : throw new JsonException("A size is a number, or a list of height and width.");
    }

    public override void Write(Utf8JsonWriter writer, PixelSize value, JsonSerializerOptions options)
    {
        if (value.Height == value.Width)
        {
            writer.WriteNumberValue(value.Height);
            return;
        }
        writer.WriteStartArray();
        writer.WriteNumberValue(value.Height);
        writer.WriteNumberValue(value.Width);
        writer.WriteEndArray();
    }

    private static int Positive(int pixels) => pixels > 0 ? pixels : throw new JsonException($"A size of {pixels} pixels is none.");
}
