using System.Text;
using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Reads and writes the one shape that the pre-tokenizer and the decoder <c>Metaspace</c> have.</summary>
internal static class MetaspaceJson
{
    private static readonly (string Name, PrependScheme Scheme)[] s_schemes =
        [("always", PrependScheme.Always), ("first", PrependScheme.First), ("never", PrependScheme.Never)];

    public static (Rune Replacement, PrependScheme Scheme, bool Splits) Read(JsonPart part)
    {
        PrependScheme scheme = PrependScheme.Always;
        if (part.Find("prepend_scheme") is { } given)
        {
            int index = Array.FindIndex(s_schemes, known => known.Name == given.AsString());
            scheme = index >= 0 ? s_schemes[index].Scheme : throw given.Error($"'{given.AsString()}' is none of always, first, never");
        }

        // Older files have this instead.
        if (part.Find("add_prefix_space") is { } prefix && !prefix.AsBoolean())
        {
            if (scheme != PrependScheme.Never && part.Find("prepend_scheme") is not null)
            {
                throw prefix.Error("false contradicts 'prepend_scheme'");
            }

            scheme = PrependScheme.Never;
        }

        return (part["replacement"].AsCharacter(), scheme, part.FindBoolean("split", otherwise: true));
    }

    public static void Write(Utf8JsonWriter writer, Rune replacement, PrependScheme scheme, bool splits)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "Metaspace");
        writer.WriteString("replacement", replacement.ToString());
        writer.WriteString("prepend_scheme", s_schemes.First(known => known.Scheme == scheme).Name);
        writer.WriteBoolean("split", splits);
        writer.WriteEndObject();
    }
}
