using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Writes the one shape that the byte-level pre-tokenizer, post-processor and decoder have.</summary>
internal static class ByteLevelJson
{
    public static void Write(Utf8JsonWriter writer, bool addsPrefixSpace, bool trimsOffsets, bool usesRegex)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "ByteLevel");
        writer.WriteBoolean("add_prefix_space", addsPrefixSpace);
        writer.WriteBoolean("trim_offsets", trimsOffsets);
        writer.WriteBoolean("use_regex", usesRegex);
        writer.WriteEndObject();
    }
}
