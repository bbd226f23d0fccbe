using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Makes one of equal tokens that follow each other, and drops the padding between, as speech models need (<c>CTC</c>).</summary>
/// <seealso href="https://www.cs.toronto.edu/~graves/icml_2006.pdf"/>
public sealed class CtcDecoder : TokenDecoder
{
    /// <summary>Says which tokens are special.</summary>
    /// <param name="paddingToken">The token that stands for nothing.</param>
    /// <param name="wordDelimiterToken">The token that stands between words.</param>
    /// <param name="cleansUp">Whether spaces before punctuation go away and word delimiters become spaces.</param>
    public CtcDecoder(string paddingToken = "<pad>", string wordDelimiterToken = "|", bool cleansUp = true)
    {
        ArgumentNullException.ThrowIfNull(paddingToken);
        ArgumentNullException.ThrowIfNull(wordDelimiterToken);
        (PaddingToken, WordDelimiterToken, CleansUp) = (paddingToken, wordDelimiterToken, cleansUp);
    }

    /// <summary>The token that stands for nothing.</summary>
    public string PaddingToken { get; }

    /// <summary>The token that stands between words.</summary>
    public string WordDelimiterToken { get; }

    /// <summary>Whether spaces before punctuation go away and word delimiters become spaces.</summary>
    public bool CleansUp { get; }

    internal static CtcDecoder Read(JsonPart part) => new(
        part["pad_token"].AsString(),
        part["word_delimiter_token"].AsString(),
        part["cleanup"].AsBoolean());

    internal override List<string> Decode(List<string> tokens)
    {
        var parts = new List<string>(tokens.Count);
        for (int i = 0; i < tokens.Count; i++)
        {
            if (i > 0 && tokens[i] == tokens[i - 1])
            {
                continue;
            }

            string token = TextCleanup.Replace(tokens[i], PaddingToken, "");
            if (CleansUp)
            {
                token = TextCleanup.Replace(TextCleanup.Apply(token), WordDelimiterToken, " ");
            }

            if (token.Length > 0)
            {
                parts.Add(token);
            }
        }

        return parts;
    }

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "CTC");
        writer.WriteString("pad_token", PaddingToken);
        writer.WriteString("word_delimiter_token", WordDelimiterToken);
        writer.WriteBoolean("cleanup", CleansUp);
        writer.WriteEndObject();
    }
}
