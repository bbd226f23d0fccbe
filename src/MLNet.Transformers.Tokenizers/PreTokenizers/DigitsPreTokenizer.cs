using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Splits numbers from what is around them (<c>Digits</c>).</summary>
/// <param name="individually">Whether each digit is a piece of its own.</param>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/pre-tokenizers#tokenizers.pre_tokenizers.Digits"/>
public sealed class DigitsPreTokenizer(bool individually = false)
    : KindSplitter(CharacterKind.Number, individually ? DelimiterBehavior.Isolated : DelimiterBehavior.Contiguous)
{
    /// <summary>Whether each digit is a piece of its own.</summary>
    public bool Individually { get; } = individually;

    internal static DigitsPreTokenizer Read(JsonPart part) => new(part["individual_digits"].AsBoolean());

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "Digits");
        writer.WriteBoolean("individual_digits", Individually);
        writer.WriteEndObject();
    }
}
