using System.Text;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests.Tokenizers;

/// <summary>Tokenizers that are made of every part there is and of every option, for the differential tests.</summary>
internal static class DifferentialVariants
{
    private static readonly AddedToken[] s_added =
    [
        new AddedToken("<mask>") { Special = true, StripsLeft = true },
        new AddedToken("[MASK]") { Special = true, StripsRight = true },
        new AddedToken("hello") { SingleWord = true },
        new AddedToken("World") { Normalized = true },
        new AddedToken("</s>") { Normalized = true, StripsLeft = true, StripsRight = true },
    ];

    private static readonly Lazy<IReadOnlyDictionary<string, TransformerTokenizer>> s_all = new(Create);

    public static IReadOnlyDictionary<string, TransformerTokenizer> All => s_all.Value;

    private static Dictionary<string, TransformerTokenizer> Create()
    {
        // Where every byte is a token of its own, tokens show the whole rewritten text, and offsets each of its characters.
        var bytes = new BytePairEncoding(new Vocabulary(Enumerable.Range(0, 256).Select(value => $"<0x{value:X2}>")), [], new BytePairOptions { ByteFallback = true });
        var all = new Dictionary<string, TransformerTokenizer>();
        foreach ((string name, (TextNormalizer? normalizer, TextPreTokenizer? preTokenizer)) in Parts())
        {
            Add(name, new TokenizerPipeline(bytes) { Normalizer = normalizer, PreTokenizer = preTokenizer });
        }

        foreach ((string name, TokenizationAlgorithm algorithm) in Algorithms())
        {
            Add(name, new TokenizerPipeline(algorithm) { PreTokenizer = new WhitespacePreTokenizer() });
        }

        Add("BPE without words", new TokenizerPipeline(Algorithms()["BPE"]));
        foreach ((string name, TokenizerPipeline pipeline) in Assemblies())
        {
            Add(name, pipeline);
        }

        foreach ((string name, TokenDecoder decoder) in Decoders())
        {
            Add(name, new TokenizerPipeline(Algorithms()["BPE, everything"]) { PreTokenizer = new WhitespaceSplitPreTokenizer(), Decoder = decoder });
        }

        return all;

        void Add(string name, TokenizerPipeline pipeline) => all.Add(name, new TransformerTokenizer(pipeline with { AddedTokens = s_added }));
    }

    private static Dictionary<string, TokenizationAlgorithm> Algorithms()
    {
        string[] characters = [.. Enumerable.Range(0x20, 0x5F).Select(value => ((char)value).ToString()), "é", "ü", "生", "😀"];
        (string, string)[] merges = [("l", "l"), ("h", "e"), ("he", "ll"), ("hell", "o"), ("o", "r"), ("a", "a"), ("aa", "aa"), ("a", "aa"), (".", "."), ("..", "."), ("'", "t"), ("i", "n"), ("in", "g"), ("c", "o"), ("co", "n")];
        string[] merged = [.. merges.Select(merge => merge.Item1 + merge.Item2)];
        Vocabulary vocabulary = new(["<unk>", .. characters, .. merged.Distinct(), "World", "<0xC3>", "<0xA4>", "<0xF0>"]);
        (string, string)[] decorated = [("h", "##e"), ("he", "##l"), ("##o", "##r"), ("##a", "##a"), ("##l", "##o</w>"), ("##.", "##.</w>")];
        Vocabulary decoratedVocabulary = new(["<unk>", .. characters, .. characters.Select(token => "##" + token), .. characters.Select(token => token + "</w>"), .. characters.Select(token => $"##{token}</w>"), "he", "hel", "##or", "##aa", "##lo</w>", "##..</w>"]);
        Vocabulary pieces = new(["[UNK]", .. characters, .. characters.Select(token => "##" + token), "hello", "wor", "##ld", "##ing", "con", "##cat", "生活", "##的"]);
        return new()
        {
            ["BPE"] = new BytePairEncoding(vocabulary, merges),
            ["BPE, unknown"] = new BytePairEncoding(vocabulary, merges, new BytePairOptions { UnknownToken = "<unk>" }),
            ["BPE, fused"] = new BytePairEncoding(vocabulary, merges, new BytePairOptions { UnknownToken = "<unk>", FusesUnknown = true }),
            ["BPE, ignoring merges"] = new BytePairEncoding(vocabulary, merges, new BytePairOptions { UnknownToken = "<unk>", IgnoresMerges = true }),
            ["BPE, everything"] = new BytePairEncoding(decoratedVocabulary, decorated, new BytePairOptions { UnknownToken = "<unk>", FusesUnknown = true, ContinuationPrefix = "##", EndOfWordSuffix = "</w>" }),
            ["WordPiece"] = new WordPiece(pieces),
            ["WordPiece, short words"] = new WordPiece(pieces, maxWordLength: 6),
            ["WordLevel"] = new WordLevel(vocabulary),
        };
    }

    private static Dictionary<string, TokenizerPipeline> Assemblies()
    {
        var plain = new TokenizerPipeline(Algorithms()["BPE, unknown"]) { PreTokenizer = new WhitespacePreTokenizer() };
        var bytes = new TokenizerPipeline(new BytePairEncoding(new Vocabulary(ByteLevelCharacters()), [])) { PreTokenizer = new ByteLevelPreTokenizer(), Decoder = new ByteLevelDecoder() };
        var bert = new BertPostProcessor(("[SEP]", 201), ("[CLS]", 202));
        var template = new TemplatePostProcessor(
            [new TemplateItem.Special("start", 3), new TemplateItem.First(1)],
            [new TemplateItem.First(2), new TemplateItem.Special("start", 1), new TemplateItem.Second(), new TemplateItem.Special("end", 4)],
            new Dictionary<string, IReadOnlyList<(string, int)>> { ["start"] = [("a", 5), ("b", 6)], ["end"] = [("c", 7)] });
        TokenizerPipeline cut = plain with { PostProcessor = bert, Truncation = new Truncation(12) { Stride = 2 }, Padding = new Padding { MultipleOf = 8, Id = 9, TypeId = 1, Token = "#" } };
        return new()
        {
            ["Bert post-processor"] = plain with { PostProcessor = bert },
            ["Template"] = plain with { PostProcessor = template },
            ["Roberta"] = bytes with { PostProcessor = new RobertaPostProcessor(("</s>", 2), ("<s>", 0)) },
            ["Roberta, untrimmed"] = bytes with { PostProcessor = new RobertaPostProcessor(("</s>", 2), ("<s>", 0), trimsOffsets: false) },
            ["ByteLevel post-processor"] = bytes with { PostProcessor = new ByteLevelPostProcessor() },
            ["ByteLevel post-processor, no prefix"] = bytes with { PreTokenizer = new ByteLevelPreTokenizer(addsPrefixSpace: false), PostProcessor = new ByteLevelPostProcessor(addsPrefixSpace: false) },
            ["Sequence of post-processors"] = bytes with { PostProcessor = new SequencePostProcessor([new ByteLevelPostProcessor(), template]) },
            ["Truncation"] = cut,
            ["Truncation, left"] = cut with { Truncation = cut.Truncation! with { Side = TextSide.Left }, Padding = cut.Padding! with { Side = TextSide.Left } },
            ["Truncation, no stride"] = cut with { Truncation = new Truncation(9), Padding = new Padding { Length = 20 } },
            ["Truncation without post-processor"] = cut with { PostProcessor = null },
            ["Truncation of bytes"] = bytes with { PostProcessor = new RobertaPostProcessor(("</s>", 2), ("<s>", 0)), Truncation = new Truncation(16) { Stride = 5 } },
        };
    }

    private static Dictionary<string, TokenDecoder> Decoders() => new()
    {
        ["BPEDecoder"] = new BytePairDecoder(),
        ["ByteFallback"] = new ByteFallbackDecoder(),
        ["CTC"] = new CtcDecoder("l", "e"),
        ["CTC, uncleaned"] = new CtcDecoder("l", "e", cleansUp: false),
        ["Fuse and strip decoder"] = new SequenceDecoder([new FuseDecoder(), new StripDecoder(new Rune('h'), 1)]),
        ["Strip decoder"] = new StripDecoder(new Rune('#'), 2),
        ["Metaspace decoder"] = new MetaspaceDecoder(new Rune('e')),
        ["Metaspace decoder, never"] = new MetaspaceDecoder(new Rune('e'), PrependScheme.Never),
        ["Replace decoder"] = new SequenceDecoder([new ReplaceDecoder(TextPattern.Literal("</w>"), " "), new ReplaceDecoder(TextPattern.Regex("^##|[aeiou]+"), "_")]),
        ["WordPiece decoder"] = new WordPieceDecoder(),
        ["WordPiece decoder, uncleaned"] = new WordPieceDecoder("##", cleansUp: false),
    };

    private static IEnumerable<string> ByteLevelCharacters() => ByteLevelAlphabet.AllCharacters.ToArray().Select(value => value.ToString());

    private static Dictionary<string, (TextNormalizer? Normalizer, TextPreTokenizer? PreTokenizer)> Parts()
    {
        static SplitPreTokenizer Split(string regex, DelimiterBehavior behavior, bool inverted = false) => new(TextPattern.Regex(regex), behavior, inverted);
        const string Cl100k = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
        const string O200k = @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";
        return new()
        {
            ["nothing"] = (null, null),
            ["NFC"] = (new UnicodeNormalizer(NormalizationForm.FormC), null),
            ["NFD"] = (new UnicodeNormalizer(NormalizationForm.FormD), null),
            ["NFKC"] = (new UnicodeNormalizer(NormalizationForm.FormKC), null),
            ["NFKD"] = (new UnicodeNormalizer(NormalizationForm.FormKD), null),
            ["Lowercase"] = (new LowercaseNormalizer(), null),
            ["Strip"] = (new StripNormalizer(), null),
            ["Strip, left"] = (new StripNormalizer(right: false), new WhitespaceSplitPreTokenizer()),
            ["Strip, right"] = (new StripNormalizer(left: false), null),
            ["StripAccents"] = (new SequenceNormalizer([new UnicodeNormalizer(NormalizationForm.FormD), new StripAccentsNormalizer()]), null),
            ["Nmt"] = (new NmtNormalizer(), null),
            ["Prepend"] = (new PrependNormalizer("▁x"), null),
            ["ByteLevel normalizer"] = (new ByteLevelNormalizer(), null),
            ["Replace string"] = (new ReplaceNormalizer(TextPattern.Literal("ll"), "L"), null),
            ["Replace regex"] = (new ReplaceNormalizer(TextPattern.Regex(@"\s{2,}|[aeiou]"), "<>"), null),
            ["Replace by nothing"] = (new ReplaceNormalizer(TextPattern.Regex(@"\p{P}"), ""), new WhitespaceSplitPreTokenizer()),
            ["Replace nothing"] = (new ReplaceNormalizer(TextPattern.Regex("(?=e)"), "-"), null),
            ["Bert"] = (new BertNormalizer(), new BertPreTokenizer()),
            ["Bert, cased"] = (new BertNormalizer(lowercases: false), new BertPreTokenizer()),
            ["Bert, accents kept"] = (new BertNormalizer(stripsAccents: false), null),
            ["Bert, uncleaned"] = (new BertNormalizer(cleansText: false, isolatesIdeographs: false), null),
            ["Bert, accents only"] = (new BertNormalizer(cleansText: false, isolatesIdeographs: false, stripsAccents: true, lowercases: false), null),
            ["Whitespace"] = (null, new WhitespacePreTokenizer()),
            ["WhitespaceSplit"] = (null, new WhitespaceSplitPreTokenizer()),
            ["Punctuation"] = (null, new PunctuationPreTokenizer()),
            ["Punctuation, contiguous"] = (null, new PunctuationPreTokenizer(DelimiterBehavior.Contiguous)),
            ["Punctuation, previous"] = (null, new PunctuationPreTokenizer(DelimiterBehavior.MergedWithPrevious)),
            ["Punctuation, next"] = (null, new PunctuationPreTokenizer(DelimiterBehavior.MergedWithNext)),
            ["Punctuation, removed"] = (null, new PunctuationPreTokenizer(DelimiterBehavior.Removed)),
            ["Digits"] = (null, new DigitsPreTokenizer()),
            ["Digits, individually"] = (null, new DigitsPreTokenizer(individually: true)),
            ["Delimiter"] = (null, new DelimiterPreTokenizer(new Rune('e'))),
            ["Delimiter, astral"] = (null, new DelimiterPreTokenizer(new Rune(0x1F600))),
            ["Metaspace"] = (null, new MetaspacePreTokenizer()),
            ["Metaspace, first"] = (null, new MetaspacePreTokenizer(scheme: PrependScheme.First)),
            ["Metaspace, never"] = (null, new MetaspacePreTokenizer(scheme: PrependScheme.Never)),
            ["Metaspace, whole"] = (new StripNormalizer(), new MetaspacePreTokenizer(splits: false)),
            ["Metaspace, astral"] = (null, new MetaspacePreTokenizer(new Rune(0x1F600))),
            ["Metaspace after a split"] = (new StripNormalizer(), new SequencePreTokenizer([new WhitespaceSplitPreTokenizer(), new MetaspacePreTokenizer(scheme: PrependScheme.First)])),
            ["ByteLevel"] = (null, new ByteLevelPreTokenizer()),
            ["ByteLevel, no prefix"] = (null, new ByteLevelPreTokenizer(addsPrefixSpace: false)),
            ["ByteLevel, no split"] = (null, new ByteLevelPreTokenizer(splits: false)),
            ["ByteLevel first"] = (null, new SequencePreTokenizer([new ByteLevelPreTokenizer(), new DigitsPreTokenizer()])),
            ["UnicodeScripts"] = (null, new UnicodeScriptsPreTokenizer()),
            ["FixedLength"] = (null, new FixedLengthPreTokenizer(3)),
            ["Split, string"] = (null, new SplitPreTokenizer(TextPattern.Literal("..."), DelimiterBehavior.Isolated)),
            ["Split, previous"] = (null, Split(@"\s+", DelimiterBehavior.MergedWithPrevious)),
            ["Split, next"] = (null, Split(@"\s", DelimiterBehavior.MergedWithNext)),
            ["Split, inverted"] = (null, Split(@"\w+|[^\w\s]+", DelimiterBehavior.Removed, inverted: true)),
            ["Split, contiguous"] = (null, Split("[0-9]", DelimiterBehavior.Contiguous)),
            ["Split, empty matches"] = (null, Split("x*", DelimiterBehavior.Isolated)),
            ["Split, lazy and atomic"] = (null, Split(@"(?>a+)b?|l.*?o|(?<=[Ww])o(?!x)|(?<!\p{Lu})(?:e|é)$", DelimiterBehavior.Isolated)),
            ["Split, scripts"] = (null, Split(@"\p{Han}+|[\p{Hiragana}\p{Katakana}]+|\p{Greek}+|\b\d+\b|[[:punct:]&&[^!?]]", DelimiterBehavior.Isolated)),
            ["GPT-4"] = (null, new SequencePreTokenizer([Split(Cl100k, DelimiterBehavior.Isolated), new ByteLevelPreTokenizer(addsPrefixSpace: false, splits: false)])),
            ["GPT-4o"] = (null, new SequencePreTokenizer([Split(O200k, DelimiterBehavior.Isolated), new ByteLevelPreTokenizer(addsPrefixSpace: false, splits: false)])),
        };
    }
}
