using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Splits at the matches of a pattern, or takes the matches as the pieces (<c>Split</c>).</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/pre-tokenizers#tokenizers.pre_tokenizers.Split"/>
public sealed class SplitPreTokenizer : PieceSplitter
{
    /// <summary>Says what is searched for.</summary>
    /// <param name="pattern">What is searched for.</param>
    /// <param name="behavior">What becomes of the delimiters.</param>
    /// <param name="inverted">Whether the delimiters are what is between the matches.</param>
    public SplitPreTokenizer(TextPattern pattern, DelimiterBehavior behavior = DelimiterBehavior.Isolated, bool inverted = false)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        (Pattern, Behavior, Inverted) = (pattern, behavior, inverted);
    }

    /// <summary>What is searched for.</summary>
    public TextPattern Pattern { get; }

    /// <summary>What becomes of the delimiters.</summary>
    public DelimiterBehavior Behavior { get; }

    /// <summary>Whether the delimiters are what is between the matches.</summary>
    public bool Inverted { get; }

    internal static SplitPreTokenizer Read(JsonPart part) => new(
        TextPattern.Read(part["pattern"]),
        part["behavior"].AsEnum<DelimiterBehavior>(),
        part["invert"].AsBoolean());

    internal override void Split(ReadOnlySpan<char> text, int start, int end, PieceList parts)
    {
        var collector = new PieceCollector(Behavior, parts);
        Pattern.Split(text, start, end, ref collector, matchesAreDelimiters: !Inverted);
    }

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "Split");
        Pattern.Write(writer, "pattern");
        writer.WriteString("behavior", Behavior.ToString());
        writer.WriteBoolean("invert", Inverted);
        writer.WriteEndObject();
    }
}
