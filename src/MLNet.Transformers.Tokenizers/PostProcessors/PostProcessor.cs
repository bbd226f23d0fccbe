using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Puts special tokens around the tokens of one text or two, and says which token belongs to which.</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/post-processors"/>
public abstract class PostProcessor
{
    private protected PostProcessor()
    {
    }

    /// <summary>What is done.</summary>
    internal abstract AssemblyPlan Plan { get; }

    /// <summary>Writes the <c>post_processor</c> object of a <c>tokenizer.json</c>, braces included.</summary>
    internal abstract void Write(Utf8JsonWriter writer);
}
