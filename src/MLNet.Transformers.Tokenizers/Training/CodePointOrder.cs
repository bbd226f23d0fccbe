namespace MLNet.Transformers.Tokenizers;

/// <summary>
/// Compares strings by Unicode code point, the order of their UTF-8 bytes. It differs from the ordinal order of UTF-16
/// where a surrogate pair meets a character from U+E000 to U+FFFF.
/// </summary>
internal static class CodePointOrder
{
    public static readonly IComparer<string> Comparer = Comparer<string>.Create(static (left, right) => Compare(left, right));

    public static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        int common = left.CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }
        return Rank(left[common]).CompareTo(Rank(right[common]));
    }

    // Surrogates stand for code points above U+FFFF, so they sort after every other unit.
    private static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
