using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>Which scores of positions disentangled attention adds to those of contents.</summary>
[Flags]
[JsonConverter(typeof(PositionTermsConverter))]
public enum PositionTerms
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>How much a query's content wants a key's position, <c>c2p</c>.</summary>
    ContentToPosition = 1,

    /// <summary>How much a query's position wants a key's content, <c>p2c</c>.</summary>
    PositionToContent = 2,
}

/// <summary>Terms as published: <c>"c2p|p2c"</c>, or in later configs a list of the two words.</summary>
internal sealed class PositionTermsConverter : JsonConverter<PositionTerms>
{
    private static readonly (string Word, PositionTerms Term)[] Words = [("c2p", PositionTerms.ContentToPosition), ("p2c", PositionTerms.PositionToContent)];

    public override PositionTerms Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var words = reader.TokenType == JsonTokenType.StartArray
            ? JsonSerializer.Deserialize<string[]>(ref reader, options)!
            : (reader.GetString() ?? "").Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Aggregate(PositionTerms.None, (terms, word) => terms | Find(word));
    }

    public override void Write(Utf8JsonWriter writer, PositionTerms value, JsonSerializerOptions options) =>
        writer.WriteStringValue(string.Join('|', Words.Where(pair => value.HasFlag(pair.Term)).Select(pair => pair.Word)));

    private static PositionTerms Find(string word) => Array.Find(Words, pair => pair.Word == word) is (_, not PositionTerms.None) found
        ? found.Term
        : throw new JsonException($"'{word}' is no part of \"pos_att_type\"; known are c2p and p2c.");
}
