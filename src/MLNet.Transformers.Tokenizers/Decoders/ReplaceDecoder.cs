using System.Text;
using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Replaces every match of a pattern in each token by a string (<c>Replace</c>).</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/decoders"/>
public sealed class ReplaceDecoder : TokenDecoder
{
    /// <summary>Says what is replaced by what.</summary>
    public ReplaceDecoder(TextPattern pattern, string replacement)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(replacement);
        (Pattern, Replacement) = (pattern, replacement);
    }

    /// <summary>What is searched for.</summary>
    public TextPattern Pattern { get; }

    /// <summary>What a match becomes.</summary>
    public string Replacement { get; }

    internal static ReplaceDecoder Read(JsonPart part) => new(TextPattern.Read(part["pattern"]), part["content"].AsString());

    internal override List<string> Decode(List<string> tokens)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            tokens[i] = Replace(tokens[i]);
        }

        return tokens;
    }

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "Replace");
        Pattern.Write(writer, "pattern");
        writer.WriteString("content", Replacement);
        writer.WriteEndObject();
    }

    private string Replace(string token)
    {
        if (!Pattern.IsRegex)
        {
            return TextCleanup.Replace(token, Pattern.Text, Replacement);
        }

        if (token.Length == 0)
        {
            return token;
        }

        var result = new StringBuilder();
        int done = 0;
        for (var search = new TextPattern.Search(Pattern); search.TryFindNext(token); done = search.End)
        {
            result.Append(token, done, search.Start - done).Append(Replacement);
        }

        return done == 0 && result.Length == 0 ? token : result.Append(token, done, token.Length - done).ToString();
    }
}
