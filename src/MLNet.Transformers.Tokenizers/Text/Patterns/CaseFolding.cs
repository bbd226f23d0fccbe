using System.Text;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Which characters a search without regard to case takes as one.</summary>
internal static class CaseFolding
{
    private static readonly Lazy<ILookup<int, int>> s_variants = new(() =>
        Enumerable.Range(0, 0x1F000).Where(codePoint => codePoint is < 0xD800 or > 0xDFFF).ToLookup(Fold));

    /// <summary>Every code point that is the same letter but for its case, the given one included.</summary>
    public static IEnumerable<int> GetVariants(int codePoint) => codePoint < 0x1F000 ? s_variants.Value[Fold(codePoint)] : [codePoint];

    // By way of upper case, so that ſ folds to s.
    private static int Fold(int codePoint) =>
        Rune.IsValid(codePoint)
            ? Rune.ToLowerInvariant(Rune.ToUpperInvariant(new Rune(codePoint))).Value
            : codePoint;
}
