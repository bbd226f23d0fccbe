namespace MLNet.Transformers.Tokenizers;

/// <summary>The arithmetic of Korean syllables and their letters.</summary>
/// <seealso href="https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-3/#G24646"/>
internal static class HangulSyllable
{
    private const int First = 0xAC00, FirstLead = 0x1100, FirstVowel = 0x1161, BeforeFirstTail = 0x11A7;
    private const int Leads = 19, Vowels = 21, Tails = 28, Count = Leads * Vowels * Tails;

    public static bool Is(int codePoint) => (uint)(codePoint - First) < Count;

    public static bool IsVowelOrTail(int codePoint) => IsVowel(codePoint) || IsTail(codePoint);

    public static int[] Decompose(int syllable)
    {
        int index = syllable - First;
        int lead = FirstLead + (index / (Vowels * Tails));
        int vowel = FirstVowel + (index % (Vowels * Tails) / Tails);
        int tail = index % Tails;
        return tail == 0 ? [lead, vowel] : [lead, vowel, BeforeFirstTail + tail];
    }

    /// <summary>The syllable of a lead and a vowel, or of a syllable without tail and a tail; -1 for anything else.</summary>
    public static int Compose(int first, int second)
    {
        if ((uint)(first - FirstLead) < Leads && IsVowel(second))
        {
            return First + ((((first - FirstLead) * Vowels) + second - FirstVowel) * Tails);
        }

        return Is(first) && (first - First) % Tails == 0 && IsTail(second) ? first + second - BeforeFirstTail : -1;
    }

    private static bool IsVowel(int codePoint) => (uint)(codePoint - FirstVowel) < Vowels;

    private static bool IsTail(int codePoint) => (uint)(codePoint - BeforeFirstTail - 1) < Tails - 1;
}
