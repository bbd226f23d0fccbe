namespace MLNet.Transformers.Tokenizers;

/// <summary>Reads and writes the tokenizer of a Hugging Face folder.</summary>
internal static class TokenizerFolder
{
    public static TransformerTokenizer Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder '{folder}'.");
        }

        TokenizerConfig config = TokenizerConfig.Read(folder);
        return Configure(ReadVocabulary(folder, config), config);
    }

    /// <summary>The tokenizer as the files beside its own say it is.</summary>
    public static TransformerTokenizer Configure(TransformerTokenizer tokenizer, TokenizerConfig config)
    {
        SpecialTokens named = config.SpecialTokens, guessed = tokenizer.SpecialTokens;
        return new TransformerTokenizer(
            Adjust(tokenizer.Pipeline, config),
            named with
            {
                Unknown = named.Unknown ?? guessed.Unknown,
                Padding = named.Padding ?? guessed.Padding,
                Classification = named.Classification ?? guessed.Classification,
                Separator = named.Separator ?? guessed.Separator,
                Mask = named.Mask ?? guessed.Mask,
                BeginningOfSentence = named.BeginningOfSentence ?? guessed.BeginningOfSentence,
                EndOfSentence = named.EndOfSentence ?? guessed.EndOfSentence,
            },
            config.Settings);
    }

    public static void Write(string folder, TransformerTokenizer tokenizer)
    {
        Directory.CreateDirectory(folder);
        tokenizer.Save(Path.Combine(folder, "tokenizer.json"));
        TokenizerConfig.Write(folder, tokenizer.SpecialTokens, tokenizer.Settings);
    }

    private static TransformerTokenizer ReadVocabulary(string folder, TokenizerConfig config)
    {
        string? Find(params string[] names) => names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

        if (Find("tokenizer.json") is { } json)
        {
            return TransformerTokenizer.Load(json);
        }

        if (Find("vocab.txt") is { } lines)
        {
            return FamilyTokenizers.MakeBert(WordPiece.FromFile(lines), config);
        }

        if (Find("vocab.json") is { } vocabulary && Find("merges.txt") is { } merges)
        {
            return FamilyTokenizers.MakeByteLevel(vocabulary, merges, config);
        }

        if (Find("tokenizer.model", "spiece.model", "spm.model", "source.spm", "sentencepiece.bpe.model") is { } sentencePiece)
        {
            return FamilyTokenizers.MakeSentencePiece(sentencePiece, Find("vocab.json"), config);
        }

        string[] tiktoken = Directory.GetFiles(folder, "*.tiktoken");
        return tiktoken.Length == 1
            ? FamilyTokenizers.MakeTiktoken(tiktoken[0])
            : throw new FileNotFoundException(
                $"The folder '{folder}' has no tokenizer: neither tokenizer.json nor vocab.txt nor vocab.json with merges.txt, no SentencePiece model and no single .tiktoken file.");
    }

    // Where the configuration says something that the vocabulary's file says too, the configuration decides.
    private static TokenizerPipeline Adjust(TokenizerPipeline pipeline, TokenizerConfig config)
    {
        if (pipeline.Normalizer is BertNormalizer bert)
        {
            bool lowercases = config.Lowercases ?? bert.Lowercases;
            bool isolates = config.IsolatesIdeographs ?? bert.IsolatesIdeographs;
            bool? strips = config.StripsAccents ?? bert.StripsAccents;
            if ((lowercases, isolates, strips) != (bert.Lowercases, bert.IsolatesIdeographs, bert.StripsAccents))
            {
                pipeline = pipeline with { Normalizer = new BertNormalizer(bert.CleansText, isolates, strips, lowercases) };
            }
        }

        if (pipeline.PreTokenizer is ByteLevelPreTokenizer bytes && config.AddsPrefixSpace is { } adds && adds != bytes.AddsPrefixSpace)
        {
            pipeline = pipeline with { PreTokenizer = new ByteLevelPreTokenizer(adds, bytes.TrimsOffsets, bytes.Splits) };
        }

        HashSet<string> known = [.. pipeline.AddedTokens.Select(token => token.Content)];
        AddedToken[] missing = [.. config.AddedTokens.Where(token => !known.Contains(token.Content))];
        return missing.Length == 0 ? pipeline : pipeline with { AddedTokens = [.. pipeline.AddedTokens, .. missing] };
    }
}
