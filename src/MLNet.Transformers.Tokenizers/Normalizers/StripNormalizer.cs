using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Removes white space from the ends of the text (<c>Strip</c>).</summary>
/// <param name="left">Whether the beginning loses it.</param>
/// <param name="right">Whether the end loses it.</param>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/normalizers#tokenizers.normalizers.Strip"/>
public sealed class StripNormalizer(bool left = true, bool right = true) : TextNormalizer
{
    /// <summary>Whether the beginning loses its white space.</summary>
    public bool Left { get; } = left;

    /// <summary>Whether the end loses its white space.</summary>
    public bool Right { get; } = right;

    internal static StripNormalizer Read(JsonPart part) => new(part["strip_left"].AsBoolean(), part["strip_right"].AsBoolean());

    internal override void Normalize(AlignedText text)
    {
        ReadOnlySpan<char> chars = text.Chars;
        int start = Left ? chars.Length - chars.TrimStart().Length : 0;
        int end = Right ? Math.Max(start, chars.TrimEnd().Length) : chars.Length;
        if (end - start < chars.Length)
        {
            text.BeginRewrite();
            text.Copy(start, end - start);
            text.EndRewrite();
        }
    }

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "Strip");
        writer.WriteBoolean("strip_left", Left);
        writer.WriteBoolean("strip_right", Right);
        writer.WriteEndObject();
    }
}
