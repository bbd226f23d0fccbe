using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Cleans a text as BERT was trained on (<c>BertNormalizer</c>).</summary>
/// <seealso href="https://github.com/google-research/bert#tokenization"/>
public sealed class BertNormalizer : TextNormalizer
{
    private readonly BertFolding _folding;

    /// <summary>Says which steps are taken.</summary>
    /// <param name="cleansText">Whether control characters are removed and all white space becomes plain spaces.</param>
    /// <param name="isolatesIdeographs">Whether Chinese characters get spaces around them.</param>
    /// <param name="stripsAccents">Whether accents are removed; <see langword="null"/> removes them where the text is brought to lower case.</param>
    /// <param name="lowercases">Whether the text is brought to lower case.</param>
    public BertNormalizer(bool cleansText = true, bool isolatesIdeographs = true, bool? stripsAccents = null, bool lowercases = true)
    {
        (CleansText, IsolatesIdeographs, StripsAccents, Lowercases) = (cleansText, isolatesIdeographs, stripsAccents, lowercases);
        _folding = BertFolding.For(cleansText, isolatesIdeographs, stripsAccents ?? lowercases, lowercases);
    }

    /// <summary>Whether control characters are removed and all white space becomes plain spaces.</summary>
    public bool CleansText { get; }

    /// <summary>Whether Chinese characters get spaces around them.</summary>
    public bool IsolatesIdeographs { get; }

    /// <summary>Whether accents are removed; <see langword="null"/> removes them where the text is brought to lower case.</summary>
    public bool? StripsAccents { get; }

    /// <summary>Whether the text is brought to lower case.</summary>
    public bool Lowercases { get; }

    internal static BertNormalizer Read(JsonPart part) => new(
        part["clean_text"].AsBoolean(),
        part["handle_chinese_chars"].AsBoolean(),
        part.Find("strip_accents")?.AsBoolean(),
        part["lowercase"].AsBoolean());

    internal override void Normalize(AlignedText text) => _folding.Apply(text);

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "BertNormalizer");
        writer.WriteBoolean("clean_text", CleansText);
        writer.WriteBoolean("handle_chinese_chars", IsolatesIdeographs);
        if (StripsAccents is { } stripsAccents)
        {
            writer.WriteBoolean("strip_accents", stripsAccents);
        }
        else
        {
            writer.WriteNull("strip_accents");
        }

        writer.WriteBoolean("lowercase", Lowercases);
        writer.WriteEndObject();
    }
}
