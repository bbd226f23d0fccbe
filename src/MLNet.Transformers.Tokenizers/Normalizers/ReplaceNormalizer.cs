using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Replaces every match of a pattern by a string (<c>Replace</c>).</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/normalizers#tokenizers.normalizers.Replace"/>
public sealed class ReplaceNormalizer : TextNormalizer
{
    /// <summary>Says what is replaced by what.</summary>
    public ReplaceNormalizer(TextPattern pattern, string replacement)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(replacement);
        (Pattern, Replacement) = (pattern, replacement);
    }

    /// <summary>What is searched for.</summary>
    public TextPattern Pattern { get; }

    /// <summary>What a match becomes.</summary>
    public string Replacement { get; }

    internal static ReplaceNormalizer Read(JsonPart part) => new(TextPattern.Read(part["pattern"]), part["content"].AsString());

    internal override void Normalize(AlignedText text)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (!Pattern.IsRegex && Pattern.Text.Length == 1 && Replacement.Length == 1)
        {
            text.MutableChars.Replace(Pattern.Text[0], Replacement[0]);
            return;
        }

        int done = 0;
        bool rewriting = false;
        for (var search = new TextPattern.Search(Pattern); search.TryFindNext(text.Chars); done = search.End)
        {
            if (!rewriting)
            {
                text.BeginRewrite();
                rewriting = true;
            }

            text.Copy(done, search.Start - done);
            text.Write(Replacement, Math.Max(0, search.End - 1));
        }

        if (rewriting)
        {
            text.Copy(done, text.Length - done);
            text.EndRewrite();
        }
    }

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "Replace");
        Pattern.Write(writer, "pattern");
        writer.WriteString("content", Replacement);
        writer.WriteEndObject();
    }
}
