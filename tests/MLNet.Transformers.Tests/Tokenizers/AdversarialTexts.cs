using System.Text;

namespace MLNet.Transformers.Tests.Tokenizers;

/// <summary>Makes texts of all that has ever confused a tokenizer, the same ones for the same seed.</summary>
/// <remarks>
/// Random characters are of Unicode 8, whose tables the Rust implementation has for punctuation and marks, so that a
/// difference is never one of tables alone.
/// </remarks>
internal static class AdversarialTexts
{
    private static readonly string[] s_fragments =
    [
        "hello", "World", "DON'T", "we'll", "isn't", "I'm", "they've", "you're", "he'd", "O'Neill's", "'s", "'S", "'LL", "café", "naïve",
        "Zürich", "İstanbul", "ſtraße", "K", "Å", "ǅ", "ﬁle", "ﬀ", "①②③", "½", "²", "x²+y³", "Ⅷ", "٣٤٥", "१२३", "3.14159",
        "1,234,567.89", "2024-01-31", "0x1F600", "100%", "$5.00", "€20", "£", "¥", "₹", "+1-800-555-0199",
        "user@example.com", "https://example.com/path?query=1&b=2#frag", "C:\\path\\file.txt", "snake_case_name", "camelCaseName",
        "!!", "?!", "...", "…", "--", "—", "–", "''", "``", "\"quoted\"", "“smart”", "‘quotes’", "«guillemets»", "(parens)", "[brackets]",
        "{braces}", "<angle>", "$ + = < > | ~ ^", "@#&*", "\\", "/", "_", "`code`", "¿Qué?", "¡Hola!", "†‡•§¶",
        "生活的真谛是", "日本語", "テスト", "ひらがな", "カタカナ", "ー", "한국어", "한국어", "ᄀ", "각", "豈", "㌔", "ﾊﾝｶｸ", "ＡＢＣ", "　", "𠮷野家", "𪚥",
        "مرحبا بالعالم", "שלום", "שָׁלוֹם", "السَّلَامُ", "ا‌ب", "हिन्दी", "नमस्ते", "क्षि", "ไทย", "ภาษาไทย", "தமிழ்", "বাংলা", "ქართული", "Ελληνικά", "ΣΑΣ", "ς",
        "Русский", "Й", "Й", "Ё", "Việt Nam", "Tiếng Việt", "é", "é", "ậ", "ậ", "q̣̇", "q̣̇", "ç̄", "a͇̱̎̎",
        "😀", "👍🏽", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪", "❤️", "☺", "✨", "🤷🏼‍♀️", "#️⃣", "𝐀𝐁", "𝓗𝓮𝓵𝓵𝓸", "𐐀𐐨", "🜁",
        " ", "  ", "   ", "\n", "\n\n", "\r\n", "\t", " \n ", "\u00A0", "\u2003", "\u2009", "\u200A", "\u3000", "\u2028", "\u2029", "\u0085", "\v", "\f", " \u200B", "\u200B",
        "\u200C", "\u200D", "\u200E", "\u2060", "\uFEFF", "\u00AD", "\0", "\u0001", "\u001F", "\u007F", "\u009F", "\uFFFD", "\uE000", "▁", "▁▁", "▁word", "##ing", "Ġ", "Ċ", "</w>", "<0x0A>",
        "[CLS]", "[SEP]", "[MASK]", "[UNK]", "[PAD]", "<s>", "</s>", "<pad>", "<unk>", "<mask>", "<|endoftext|>", "<|startoftext|>", "<|en|>", "<extra_id_0>", "<extra_id_99>", "[cls]", "<S>", " <mask> ",
        "if (a[i] >= b) { return x->y; }", "public static void Main(string[] args)", "// comment", "\"\\u0041\"", "def f(x): return x**2",
        "Pneumonoultramicroscopicsilicovolcanoconiosis", "donaudampfschifffahrtsgesellschaft", "aaaaaaaaaaaaaaaaaaaaaaaa", "....................", "            ",
    ];

    private static readonly (int First, int Last)[] s_ranges =
    [
        (0x20, 0x7E), (0x20, 0x7E), (0x20, 0x7E), (0xA0, 0xFF), (0x100, 0x17F), (0x300, 0x33F), (0x391, 0x3A1), (0x3B1, 0x3C9), (0x410, 0x44F), (0x5D0, 0x5EA), (0x621, 0x63A),
        (0x905, 0x939), (0xE01, 0xE3A), (0x1100, 0x1112), (0x1161, 0x1175), (0x1E00, 0x1EF9), (0x2010, 0x2027), (0x2190, 0x21FF), (0x2460, 0x2473), (0x3041, 0x3096), (0x30A1, 0x30FA),
        (0x4E00, 0x4FFF), (0xAC00, 0xAFFF), (0xFF01, 0xFF5E), (0x1F300, 0x1F320), (0x1F600, 0x1F64F), (0x20000, 0x20020), (0x1D400, 0x1D454),
    ];

    /// <summary>Each fragment on its own, then as many mixtures as asked for.</summary>
    public static IEnumerable<string> Generate(int seed, int mixtures)
    {
        yield return "";
        foreach (string fragment in s_fragments)
        {
            yield return fragment;
        }

        var random = new Random(seed);
        for (int i = 0; i < mixtures; i++)
        {
            yield return Mix(random);
        }
    }

    public static string Mix(Random random)
    {
        var text = new StringBuilder();
        for (int parts = random.Next(1, 14); parts > 0; parts--)
        {
            switch (random.Next(8))
            {
                case 0:
                    AppendRandom(text, random, random.Next(1, 8));
                    break;
                case 1 when random.Next(8) == 0:
                    // A word that is longer than any cache or limit.
                    AppendRandom(text, random, random.Next(80, 160));
                    break;
                case 2:
                    text.Append(' ');
                    break;
                default:
                    text.Append(s_fragments[random.Next(s_fragments.Length)]);
                    break;
            }

            if (random.Next(2) == 0)
            {
                text.Append(' ');
            }
        }

        return text.ToString();
    }

    private static void AppendRandom(StringBuilder text, Random random, int length)
    {
        (int first, int last) = s_ranges[random.Next(s_ranges.Length)];
        for (int i = 0; i < length; i++)
        {
            text.Append(char.ConvertFromUtf32(random.Next(first, last + 1)));
        }
    }
}
