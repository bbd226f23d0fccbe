using System.Text;
using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Takes a character away from the ends of each token (<c>Strip</c>).</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/decoders"/>
public sealed class StripDecoder : TokenDecoder
{
    private readonly string _character;

    /// <summary>Says what is taken away and how often.</summary>
    /// <param name="character">The character.</param>
    /// <param name="atStart">The most that is taken from the beginning.</param>
    /// <param name="atEnd">The most that is taken from the end.</param>
    public StripDecoder(Rune character, int atStart = 0, int atEnd = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(atStart);
        ArgumentOutOfRangeException.ThrowIfNegative(atEnd);
        (Character, AtStart, AtEnd) = (character, atStart, atEnd);
        _character = character.ToString();
    }

    /// <summary>The character.</summary>
    public Rune Character { get; }

    /// <summary>The most that is taken from the beginning.</summary>
    public int AtStart { get; }

    /// <summary>The most that is taken from the end.</summary>
    public int AtEnd { get; }

    internal static StripDecoder Read(JsonPart part) => new(part["content"].AsCharacter(), part["start"].AsCount(), part["stop"].AsCount());

    internal override List<string> Decode(List<string> tokens)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            tokens[i] = Strip(tokens[i]).ToString();
        }

        return tokens;
    }

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "Strip");
        writer.WriteString("content", _character);
        writer.WriteNumber("start", AtStart);
        writer.WriteNumber("stop", AtEnd);
        writer.WriteEndObject();
    }

    private ReadOnlySpan<char> Strip(ReadOnlySpan<char> token)
    {
        for (int i = 0; i < AtStart && token.StartsWith(_character); i++)
        {
            token = token[_character.Length..];
        }

        for (int i = 0; i < AtEnd && token.EndsWith(_character); i++)
        {
            token = token[..^_character.Length];
        }

        return token;
    }
}
