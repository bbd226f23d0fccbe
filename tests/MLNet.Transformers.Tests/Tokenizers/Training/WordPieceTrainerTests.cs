using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests.Tokenizers.Training;

public class WordPieceTrainerTests
{
    [SharedDataFact]
    public void LearnsTheVocabularyOfTheRustTrainer()
    {
        string[] expected = TrainingCorpus.GoldenLines("rust-wordpiece-vocab.txt");
        WordCounts counts = new();
        PieceReader reader = new(new BertNormalizer(), new BertPreTokenizer());
        foreach (string line in TrainingCorpus.Beginning)
        {
            reader.Read(line);
            foreach ((int start, int end) in reader.Pieces)
            {
                counts.Add(reader.Chars[start..end]);
            }
        }
        KeyValuePair<string, long>[] words = counts.InOrder();

        // The Rust trainer gives ids to the characters inside words in the order of a hash table, and ids decide ties: from
        // the same order on, all must be the same.
        SymbolTable symbols = new();
        foreach (string token in expected.TakeWhile(token => token.Length == 1 || (token.Length == 3 && token.StartsWith("##", StringComparison.Ordinal))))
        {
            symbols.Add(token, length: 1);
        }
        Assert.Equal(expected.Where(token => token.Length == 1), Alphabet.Choose(words, [], null).Select(character => character.ToString()));
        SegmentedWords segmented = new WordSegmenter(symbols, "##", "").Segment(words);
        MergeLearner learner = new(symbols, segmented)
        {
            VocabularySize = 30_000,
            MinimumFrequency = 0,
            MaximumPieceLength = int.MaxValue,
            ContinuingSubwordPrefix = "##",
        };
        learner.Learn(new TrainingRun(null, CancellationToken.None));

        Assert.Equal(expected, symbols.Tokens);
    }

    [SharedDataFact]
    public void FillsTheVocabulary()
    {
        TransformerTokenizer tokenizer = new WordPieceTrainer { VocabularySize = 1_000 }.Train(TrainingCorpus.Book.Value);

        Assert.Equal(1_000, tokenizer.Vocabulary.Count);
        Assert.Equal(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], tokenizer.Vocabulary.Tokens.Take(5).Select(token => token.Key));
        Assert.Equal(["[CLS]", "the", "one", "was", "he", ".", "[SEP]"], [.. tokenizer.Encode("Thé one WAS he.").Tokens]);
    }

    [Fact]
    public void EncodesPairsAsBertDoes()
    {
        TransformerTokenizer tokenizer = new WordPieceTrainer().Train(["aa bb", "aa bb"]);

        EncodedText pair = tokenizer.Encode("aa", "bb bb");

        Assert.Equal(["[CLS]", "aa", "[SEP]", "bb", "bb", "[SEP]"], [.. pair.Tokens]);
        Assert.Equal([0, 0, 0, 1, 1, 1], [.. pair.TypeIds]);
        Assert.Equal("aa bb bb", tokenizer.Decode(pair.Ids, skipSpecialTokens: true));
    }

    [Fact]
    public void DropsTheRarestCharactersAboveTheLimit()
    {
        WordPieceTrainer trainer = new() { LimitAlphabet = 3, InitialAlphabet = "z" };

        TransformerTokenizer tokenizer = trainer.Train(["aaaa bbb cc d", "aaaa bbb cc d"]);

        Assert.Equal(["a", "b", "z"], tokenizer.Vocabulary.Tokens.Select(token => token.Key).Where(token => token.Length == 1));
    }
}
