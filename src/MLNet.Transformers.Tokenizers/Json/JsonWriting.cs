using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Writes the shapes that many parts of a <c>tokenizer.json</c> share.</summary>
internal static class JsonWriting
{
    /// <summary>Writes a part that has a type and nothing else.</summary>
    public static void WriteTypeOnly(this Utf8JsonWriter writer, string type)
    {
        writer.WriteStartObject();
        writer.WriteString("type", type);
        writer.WriteEndObject();
    }

    /// <summary>Writes a part that is a list of parts.</summary>
    public static void WriteSequence<T>(this Utf8JsonWriter writer, string listName, IReadOnlyList<T> parts, Action<T, Utf8JsonWriter> write)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "Sequence");
        writer.WriteStartArray(listName);
        foreach (T part in parts)
        {
            write(part, writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Writes a token and its id as an array.</summary>
    public static void WriteTokenAndId(this Utf8JsonWriter writer, string name, (string Token, int Id) token)
    {
        writer.WriteStartArray(name);
        writer.WriteStringValue(token.Token);
        writer.WriteNumberValue(token.Id);
        writer.WriteEndArray();
    }

    /// <summary>Writes the tokens of a vocabulary with their ids, in the order of the ids.</summary>
    public static void WriteVocabulary(this Utf8JsonWriter writer, Vocabulary vocabulary)
    {
        writer.WriteStartObject("vocab");
        foreach ((string token, int id) in vocabulary.Tokens)
        {
            writer.WriteNumber(token, id);
        }

        writer.WriteEndObject();
    }
}
