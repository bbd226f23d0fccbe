using System.Text.Json;
using Microsoft.ML.Tokenizers;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Rewrites a text before it is split, for example to lower case or to a Unicode normal form.</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/normalizers"/>
public abstract class TextNormalizer : Normalizer
{
    private protected TextNormalizer()
    {
    }

    /// <summary>Gives the normalized text.</summary>
    public sealed override string Normalize(string original)
    {
        ArgumentNullException.ThrowIfNull(original);
        return Normalize(original.AsSpan());
    }

    /// <summary>Gives the normalized text.</summary>
    public sealed override string Normalize(ReadOnlySpan<char> original)
    {
        var text = new AlignedText();
        text.Reset(original, 0, tracksAlignment: false);
        Normalize(text);
        return text.ToString();
    }

    /// <summary>Rewrites <paramref name="text"/>; called from several threads at once.</summary>
    internal abstract void Normalize(AlignedText text);

    /// <summary>Writes the <c>normalizer</c> object of a <c>tokenizer.json</c>, braces included.</summary>
    internal abstract void Write(Utf8JsonWriter writer);
}
