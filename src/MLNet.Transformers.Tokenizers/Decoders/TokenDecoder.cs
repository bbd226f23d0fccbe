using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Puts tokens back together to text.</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/decoders"/>
public abstract class TokenDecoder
{
    private protected TokenDecoder()
    {
    }

    /// <summary>Turns tokens into parts of the text, which are joined without anything between them.</summary>
    internal abstract List<string> Decode(List<string> tokens);

    /// <summary>Writes the <c>decoder</c> object of a <c>tokenizer.json</c>, braces included.</summary>
    internal abstract void Write(Utf8JsonWriter writer);
}
