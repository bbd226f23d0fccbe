using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Puts special tokens where a template says.</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/post-processors#tokenizers.processors.TemplateProcessing"/>
public sealed class TemplatePostProcessor : PostProcessor
{
    /// <summary>Takes the template of one text, of two, and the special tokens they name.</summary>
    /// <param name="single">The parts around one text.</param>
    /// <param name="pair">The parts around two texts.</param>
    /// <param name="specialTokens">For each name in the templates, its tokens with their ids.</param>
    public TemplatePostProcessor(
        IReadOnlyList<TemplateItem> single,
        IReadOnlyList<TemplateItem> pair,
        IReadOnlyDictionary<string, IReadOnlyList<(string Token, int Id)>> specialTokens)
    {
        ArgumentNullException.ThrowIfNull(single);
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(specialTokens);
        (Single, Pair, SpecialTokens) = (single, pair, specialTokens);
    }

    /// <summary>The parts around one text.</summary>
    public IReadOnlyList<TemplateItem> Single { get; }

    /// <summary>The parts around two texts.</summary>
    public IReadOnlyList<TemplateItem> Pair { get; }

    /// <summary>For each name in the templates, its tokens with their ids.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<(string Token, int Id)>> SpecialTokens { get; }

    internal override void Write(Utf8JsonWriter writer) => throw new NotSupportedException();
}
