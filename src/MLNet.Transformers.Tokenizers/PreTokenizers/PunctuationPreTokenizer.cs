using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Splits at punctuation (<c>Punctuation</c>).</summary>
/// <param name="behavior">What becomes of the punctuation.</param>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/pre-tokenizers#tokenizers.pre_tokenizers.Punctuation"/>
public sealed class PunctuationPreTokenizer(DelimiterBehavior behavior = DelimiterBehavior.Isolated)
    : KindSplitter(CharacterKind.Punctuation, behavior)
{
    /// <summary>What becomes of the punctuation.</summary>
    public DelimiterBehavior Behavior { get; } = behavior;

    internal static PunctuationPreTokenizer Read(JsonPart part) =>
        new(part.Find("behavior")?.AsEnum<DelimiterBehavior>() ?? DelimiterBehavior.Isolated);

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "Punctuation");
        writer.WriteString("behavior", Behavior.ToString());
        writer.WriteEndObject();
    }
}
