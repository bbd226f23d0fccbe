using System.Globalization;

namespace MLNet.Transformers.Tokenizers;

/// <summary>What the Unicode normal forms need to know of each code point.</summary>
/// <remarks>
/// .NET leaves text as it is where globalization is invariant, and never says which character came from which, so the
/// normal forms are computed here.
/// </remarks>
/// <seealso href="https://www.unicode.org/reports/tr15/"/>
internal static class NormalizationTables
{
    private static readonly Dictionary<int, byte> s_combiningClasses = [];
    private static readonly Dictionary<int, int[]> s_canonical = [];
    private static readonly Dictionary<int, int[]> s_compatible = [];
    private static readonly Dictionary<(int First, int Second), int> s_compositions = [];
    private static readonly HashSet<int> s_secondParts = [];

    static NormalizationTables()
    {
        Action<string[]>[] sections = [_ => { }, AddCombiningClass, AddTo(s_canonical), AddTo(s_compatible), AddComposition];
        int section = -1;
        foreach (string line in UnicodeResource.ReadLines("Normalization.txt"))
        {
            if (line.StartsWith('#'))
            {
                section++;
            }
            else
            {
                sections[section](line.Split(' '));
            }
        }
    }

    public static int GetCombiningClass(int codePoint) => codePoint < 0x300 ? 0 : s_combiningClasses.GetValueOrDefault(codePoint);

    /// <summary>The code points that <paramref name="codePoint"/> fully decomposes to, or <see langword="null"/> where it stays.</summary>
    public static int[]? GetDecomposition(int codePoint, bool compatible)
    {
        if (codePoint < 0xA0)
        {
            return null;
        }

        if (HangulSyllable.Is(codePoint))
        {
            return HangulSyllable.Decompose(codePoint);
        }

        return compatible && s_compatible.TryGetValue(codePoint, out int[]? parts) || s_canonical.TryGetValue(codePoint, out parts)
            ? parts
            : null;
    }

    /// <summary>The code point that two compose to, or -1.</summary>
    public static int Compose(int first, int second)
    {
        int syllable = HangulSyllable.Compose(first, second);
        return syllable >= 0 ? syllable : s_compositions.GetValueOrDefault((first, second), -1);
    }

    /// <summary>Whether <paramref name="codePoint"/> is a starter that a normal form leaves alone whatever stands before it.</summary>
    public static bool IsInert(int codePoint, bool compatible, bool composed)
    {
        if (codePoint < 0xA0)
        {
            return true;
        }

        if (GetCombiningClass(codePoint) != 0)
        {
            return false;
        }

        if (!composed)
        {
            return GetDecomposition(codePoint, compatible) is null;
        }

        if (s_secondParts.Contains(codePoint) || HangulSyllable.IsVowelOrTail(codePoint))
        {
            return false;
        }

        // A composed form keeps what decomposes and composes again to itself.
        return HangulSyllable.Is(codePoint)
            || GetDecomposition(codePoint, compatible) is not { } parts
            || (!(compatible && s_compatible.ContainsKey(codePoint)) && ComposesTo(parts, codePoint));
    }

    private static bool ComposesTo(int[] parts, int codePoint)
    {
        int composed = parts[0];
        foreach (int part in parts.AsSpan(1))
        {
            composed = Compose(composed, part);
        }

        return composed == codePoint;
    }

    private static void AddCombiningClass(string[] fields)
    {
        byte combiningClass = byte.Parse(fields[0], CultureInfo.InvariantCulture);
        foreach (string range in fields.AsSpan(1))
        {
            (int first, int last) = UnicodeResource.ParseRange(range);
            for (int codePoint = first; codePoint <= last; codePoint++)
            {
                s_combiningClasses[codePoint] = combiningClass;
            }
        }
    }

    private static Action<string[]> AddTo(Dictionary<int, int[]> decompositions) => fields =>
        decompositions[UnicodeResource.ParseCodePoint(fields[0])] = [.. fields.Skip(1).Select(field => UnicodeResource.ParseCodePoint(field))];

    private static void AddComposition(string[] fields)
    {
        int second = UnicodeResource.ParseCodePoint(fields[1]);
        s_compositions[(UnicodeResource.ParseCodePoint(fields[0]), second)] = UnicodeResource.ParseCodePoint(fields[2]);
        s_secondParts.Add(second);
    }
}
