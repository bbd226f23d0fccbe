using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Joins tokens that continue a word, and puts spaces before the others (<c>WordPiece</c>).</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/decoders#tokenizers.decoders.WordPiece"/>
public sealed class WordPieceDecoder : TokenDecoder
{
    /// <summary>Says how tokens are joined.</summary>
    /// <param name="prefix">What tokens begin with that continue a word.</param>
    /// <param name="cleansUp">Whether spaces before punctuation and in English short forms go away.</param>
    public WordPieceDecoder(string prefix = "##", bool cleansUp = true)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        (Prefix, CleansUp) = (prefix, cleansUp);
    }

    /// <summary>What tokens begin with that continue a word.</summary>
    public string Prefix { get; }

    /// <summary>Whether spaces before punctuation and in English short forms go away.</summary>
    public bool CleansUp { get; }

    internal static WordPieceDecoder Read(JsonPart part) => new(part["prefix"].AsString(), part["cleanup"].AsBoolean());

    internal override List<string> Decode(List<string> tokens)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            if (i > 0)
            {
                tokens[i] = tokens[i].StartsWith(Prefix, StringComparison.Ordinal) ? tokens[i][Prefix.Length..] : " " + tokens[i];
            }

            if (CleansUp)
            {
                tokens[i] = TextCleanup.Apply(tokens[i]);
            }
        }

        return tokens;
    }

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "WordPiece");
        writer.WriteString("prefix", Prefix);
        writer.WriteBoolean("cleanup", CleansUp);
        writer.WriteEndObject();
    }
}
