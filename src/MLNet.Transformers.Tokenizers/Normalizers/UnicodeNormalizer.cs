using System.Text;
using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Brings the text to a Unicode normal form (<c>NFC</c>, <c>NFD</c>, <c>NFKC</c> or <c>NFKD</c>).</summary>
/// <param name="form">The normal form.</param>
/// <seealso href="https://www.unicode.org/reports/tr15/"/>
public sealed class UnicodeNormalizer(NormalizationForm form) : TextNormalizer
{
    private readonly NormalizationRewriter _rewriter = NormalizationRewriter.For(form);

    /// <summary>The normal form.</summary>
    public NormalizationForm Form { get; } = form;

    internal override void Normalize(AlignedText text) => _rewriter.Rewrite(text);

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", Form switch
        {
            NormalizationForm.FormC => "NFC",
            NormalizationForm.FormD => "NFD",
            NormalizationForm.FormKC => "NFKC",
            _ => "NFKD",
        });
        writer.WriteEndObject();
    }
}
