using System.Text;

namespace Microsoft.ML.Transforms.Text;

/// <summary>Changes the case of a text and takes out what shall not be kept.</summary>
internal sealed record TextNormalizer(
    TextNormalizingEstimator.CaseMode CaseMode, bool KeepDiacritics, bool KeepPunctuations, bool KeepNumbers)
{
    /// <summary>The text in normal form; the same memory where nothing changes.</summary>
    public ReadOnlyMemory<char> Normalize(ReadOnlyMemory<char> text, StringBuilder buffer)
    {
        var span = text.Span;
        buffer.Clear();
        var copied = 0;
        for (var i = 0; i < span.Length; i++)
        {
            var kept = Keeps(span[i]);
            var letter = kept ? Change(span[i]) : default;
            if (kept && letter == span[i])
                continue;
            buffer.Append(span[copied..i]);
            if (kept)
                buffer.Append(letter);
            copied = i + 1;
        }
        return copied == 0 ? text : buffer.Append(span[copied..]).ToString().AsMemory();
    }

    private bool Keeps(char c) =>
        (KeepPunctuations || !char.IsPunctuation(c)) && (KeepNumbers || !char.IsNumber(c)) && (KeepDiacritics || !Diacritics.IsCombining(c));

    private char Change(char c)
    {
        if (!KeepDiacritics)
            c = Diacritics.Remove(c);
        return CaseMode switch
        {
            TextNormalizingEstimator.CaseMode.Lower => char.ToLowerInvariant(c),
            TextNormalizingEstimator.CaseMode.Upper => char.ToUpperInvariant(c),
            _ => c,
        };
    }
}
