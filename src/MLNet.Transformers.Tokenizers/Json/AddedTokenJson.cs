using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Reads and writes the <c>added_tokens</c> of a <c>tokenizer.json</c>.</summary>
internal static class AddedTokenJson
{
    public static AddedToken Read(JsonPart part) => new(part["content"].AsString(), part["id"].AsCount())
    {
        SingleWord = part["single_word"].AsBoolean(),
        StripsLeft = part["lstrip"].AsBoolean(),
        StripsRight = part["rstrip"].AsBoolean(),
        Normalized = part["normalized"].AsBoolean(),
        Special = part["special"].AsBoolean(),
    };

    public static void Write(Utf8JsonWriter writer, IReadOnlyList<AddedToken> tokens)
    {
        writer.WriteStartArray("added_tokens");
        foreach (AddedToken token in tokens)
        {
            writer.WriteStartObject();
            writer.WriteNumber("id", token.Id!.Value);
            writer.WriteString("content", token.Content);
            writer.WriteBoolean("single_word", token.SingleWord);
            writer.WriteBoolean("lstrip", token.StripsLeft);
            writer.WriteBoolean("rstrip", token.StripsRight);
            writer.WriteBoolean("normalized", token.Normalized);
            writer.WriteBoolean("special", token.Special);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
