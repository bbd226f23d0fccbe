using System.Globalization;
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

    /// <summary>Reads an entry of <c>added_tokens_decoder</c>, whose name is the id.</summary>
    public static AddedToken ReadNumbered(string id, JsonPart part) => new(
        part["content"].AsString(),
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw part.Error($"'{id}' is no id"))
    {
        SingleWord = part.FindBoolean("single_word", otherwise: false),
        StripsLeft = part.FindBoolean("lstrip", otherwise: false),
        StripsRight = part.FindBoolean("rstrip", otherwise: false),
        Normalized = part.FindBoolean("normalized", otherwise: true),
        Special = part.FindBoolean("special", otherwise: false),
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
