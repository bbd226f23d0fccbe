using System.Text;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Puts around a vocabulary what its family of models puts around it, where no <c>tokenizer.json</c> says so.</summary>
internal static class FamilyTokenizers
{
    /// <summary>BERT's parts.</summary>
    public static TransformerTokenizer MakeBert(WordPiece algorithm, TokenizerConfig config)
    {
        SpecialTokens names = config.SpecialTokens;
        string unknown = names.Unknown ?? "[UNK]", padding = names.Padding ?? "[PAD]", mask = names.Mask ?? "[MASK]";
        (string Token, int Id) classification = Require(algorithm, names.Classification ?? "[CLS]"), separator = Require(algorithm, names.Separator ?? "[SEP]");
        return new TransformerTokenizer(new TokenizerPipeline(algorithm)
        {
            AddedTokens = MakeSpecials(algorithm.Vocabulary, padding, unknown, classification.Token, separator.Token, mask),
            Normalizer = new BertNormalizer(lowercases: config.Lowercases ?? true, stripsAccents: config.StripsAccents, isolatesIdeographs: config.IsolatesIdeographs ?? true),
            PreTokenizer = new BertPreTokenizer(),
            PostProcessor = new BertPostProcessor(separator, classification),
            Decoder = new WordPieceDecoder(algorithm.ContinuationPrefix),
        });
    }

    /// <summary>The parts of GPT-2, or of RoBERTa or CLIP where the configuration says so.</summary>
    public static TransformerTokenizer MakeByteLevel(string vocabularyPath, string mergesPath, TokenizerConfig config)
    {
        if (config.Family == "CLIPTokenizer")
        {
            return MakeClip(BytePairEncoding.FromFiles(vocabularyPath, mergesPath, new BytePairOptions { EndOfWordSuffix = "</w>", UnknownToken = "<|endoftext|>" }));
        }

        BytePairEncoding algorithm = BytePairEncoding.FromFiles(vocabularyPath, mergesPath);
        bool addsPrefixSpace = config.AddsPrefixSpace ?? false;
        bool isRoberta = config.Family is "RobertaTokenizer" or "BartTokenizer" or "LongformerTokenizer" or "LEDTokenizer"
            || (config.Family is null && algorithm.Vocabulary.GetId("<s>") is not null && algorithm.Vocabulary.GetId("<mask>") is not null);
        PostProcessor processor = isRoberta
            ? new RobertaPostProcessor(Require(algorithm, config.SpecialTokens.Separator ?? "</s>"), Require(algorithm, config.SpecialTokens.Classification ?? "<s>"), addsPrefixSpace: addsPrefixSpace)
            : new ByteLevelPostProcessor(trimsOffsets: false);
        AddedToken[] specials = MakeSpecials(algorithm.Vocabulary, isRoberta ? ["<s>", "<pad>", "</s>", "<unk>"] : ["<|endoftext|>"]);
        AddedToken[] mask = isRoberta ? [new AddedToken("<mask>") { Special = true, StripsLeft = true }] : [];
        return new TransformerTokenizer(new TokenizerPipeline(algorithm)
        {
            AddedTokens = [.. specials, .. mask],
            PreTokenizer = new ByteLevelPreTokenizer(addsPrefixSpace),
            PostProcessor = processor,
            Decoder = new ByteLevelDecoder(),
        });
    }

    /// <summary>The parts of a SentencePiece model, with the special tokens of its family.</summary>
    public static TransformerTokenizer MakeSentencePiece(string path, string? vocabularyPath, TokenizerConfig config)
    {
        SentencePieceModel model = SentencePieceModel.Load(path);
        if (vocabularyPath is not null)
        {
            // Marian's: the pieces are SentencePiece's, the ids those of a shared vocabulary.
            return model.WithVocabulary(VocabularyFiles.ReadJson(vocabularyPath)).ToTokenizer(addsEndOfSentence: true);
        }

        return config.Family switch
        {
            "T5Tokenizer" => model.ToTokenizer(addsEndOfSentence: true),
            "LlamaTokenizer" or "CodeLlamaTokenizer" or "GemmaTokenizer" or null => model.ToTokenizer(
                config.AddsBeginningOfSentence ?? config.Family is not null,
                config.AddsEndOfSentence ?? false),
            { } family => throw new NotSupportedException(
                $"The folder of '{path}' is of class {family}, which puts ids and special tokens of its own around a SentencePiece model: its tokenizer.json is needed."),
        };
    }

    /// <summary>The parts of a <c>.tiktoken</c> file, by its name.</summary>
    public static TransformerTokenizer MakeTiktoken(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        string words = name switch
        {
            "gpt2" or "r50k_base" or "p50k_base" or "p50k_edit" => WordPatterns.Gpt2,
            "cl100k_base" => WordPatterns.Cl100k,
            "o200k_base" => WordPatterns.O200k,
            "qwen" => WordPatterns.Qwen2,
            _ => throw new NotSupportedException($"'{path}' does not say how text is split into words: use {nameof(TransformerTokenizer)}.{nameof(TransformerTokenizer.FromTiktoken)} with its pattern."),
        };
        return TransformerTokenizer.FromTiktoken(path, words);
    }

    private static TransformerTokenizer MakeClip(BytePairEncoding algorithm)
    {
        const string Start = "<|startoftext|>", End = "<|endoftext|>";
        return new TransformerTokenizer(new TokenizerPipeline(algorithm)
        {
            AddedTokens = MakeSpecials(algorithm.Vocabulary, Start, End),
            Normalizer = new SequenceNormalizer([new UnicodeNormalizer(NormalizationForm.FormC), new ReplaceNormalizer(TextPattern.Regex(@"\s+"), " "), new LowercaseNormalizer()]),
            PreTokenizer = new SequencePreTokenizer([
                new SplitPreTokenizer(TextPattern.Regex(WordPatterns.Clip), DelimiterBehavior.Removed, inverted: true),
                new ByteLevelPreTokenizer(addsPrefixSpace: false)]),
            PostProcessor = new RobertaPostProcessor(Require(algorithm, End), Require(algorithm, Start), trimsOffsets: false, addsPrefixSpace: false),
            Decoder = new ByteLevelDecoder(),
        });
    }

    private static AddedToken[] MakeSpecials(Vocabulary vocabulary, params string[] tokens) =>
        [.. tokens.Distinct().Where(token => vocabulary.GetId(token) is not null).Select(token => new AddedToken(token) { Special = true })];

    private static (string Token, int Id) Require(TokenizationAlgorithm algorithm, string token) => (token, algorithm.Vocabulary.GetId(token)
        ?? throw new InvalidDataException($"The vocabulary has no token '{token}', which its family of models puts around texts."));
}
