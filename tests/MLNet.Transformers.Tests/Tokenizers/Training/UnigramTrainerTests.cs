using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests.Tokenizers.Training;

public class UnigramTrainerTests
{
    // Tokens that spm_train (Debian's sentencepiece 0.1.97) needs for the book, as it is and split at spaces alone, with
    // --normalization_rule_name=identity --character_coverage=1 --split_by_unicode_script=false --split_by_number=false
    // --unk_id=0 --bos_id=-1 --eos_id=-1 --hard_vocab_limit=false, and what the Rust trainer's 6,245 tokens need.
    [SharedDataTheory]
    [InlineData(2_000, 74_670)]
    [InlineData(8_000, 61_814)]
    [InlineData(6_246, 61_899)]
    public void CompressesAsTheReferenceTrainersDo(int vocabularySize, int referenceTokens)
    {
        UnigramTrainer trainer = new()
        {
            VocabularySize = vocabularySize,
            SpecialTokens = ["<unk>"],
            CharacterCoverage = 1,
            AllowsMixedScripts = true,
            Normalizer = new StripNormalizer(),
            PreTokenizer = new SequencePreTokenizer([new WhitespaceSplitPreTokenizer(), new MetaspacePreTokenizer()]),
        };

        TransformerTokenizer tokenizer = trainer.Train(Book);

        Assert.InRange(tokenizer.Vocabulary.Count, 1, vocabularySize);
        Assert.InRange(Book.Sum(line => tokenizer.Encode(line).Ids.Length), 1, 1.01 * referenceTokens);
    }

    [SharedDataFact]
    public void ScoresAreLogarithmsOfProbabilities()
    {
        var algorithm = (Unigram)new UnigramTrainer { VocabularySize = 1_000 }.Train(Book).Pipeline.Algorithm;

        double[] scores = [.. algorithm.Pieces.Skip(3).Select(piece => piece.Score)];
        Assert.Equal(scores.OrderDescending(), scores);
        Assert.All(scores, score => Assert.InRange(score, -30, 0));
        // Digamma instead of the logarithm, and pieces left out in the end, take some probability away.
        Assert.InRange(scores.Sum(Math.Exp), 0.8, 1);
    }

    [SharedDataFact]
    public void SpellsTheTextsItLearnedFrom()
    {
        TransformerTokenizer tokenizer = new UnigramTrainer { VocabularySize = 1_000, CharacterCoverage = 1 }.Train(Book);

        Assert.All(Book, line => Assert.DoesNotContain(0, tokenizer.Encode(line).Ids));
    }

    [SharedDataFact]
    public void KeepsScriptsApart()
    {
        TransformerTokenizer tokenizer = new UnigramTrainer { VocabularySize = 3_000 }.Train(Book);

        Assert.All(
            tokenizer.Vocabulary.Tokens.Skip(3).Select(token => token.Key),
            token => Assert.False(token.Any(char.IsAsciiLetter) && token.Any(char.IsAsciiDigit), token));
    }

    [Fact]
    public void PrefersWholeWordsThatAreFrequent()
    {
        TransformerTokenizer tokenizer = new UnigramTrainer { VocabularySize = 30 }.Train(Enumerable.Repeat("hello world", 100));

        Assert.Equal(["▁hello", "▁world"], [.. tokenizer.Encode("hello world").Tokens]);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("abababababababababababababababababababababababab")]
    [InlineData("😀😀😀\u0301\u0301")]
    public void LearnsFromHardlyAnything(string text)
    {
        TransformerTokenizer tokenizer = new UnigramTrainer { CharacterCoverage = 1 }.Train([text]);

        Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text).Ids));
    }

    [Fact]
    public void FallsBackToBytes()
    {
        UnigramTrainer trainer = new() { VocabularySize = 300, ByteFallback = true };

        TransformerTokenizer tokenizer = trainer.Train(["hello world", "hello hello"]);

        Assert.Equal(["▁hello", "▁", "<0xF0>", "<0x9F>", "<0x98>", "<0x80>"], [.. tokenizer.Encode("hello 😀").Tokens]);
        Assert.Equal("hello 😀", tokenizer.Decode(tokenizer.Encode("hello 😀").Ids));
    }

    [Fact]
    public void LeavesOutTheRarestCharacters()
    {
        TransformerTokenizer tokenizer = new UnigramTrainer { VocabularySize = 20, CharacterCoverage = 0.9 }.Train(["aaaaaaaa b", "aaaaaaaa a"]);

        Assert.Null(tokenizer.Vocabulary.GetId("b"));
        Assert.NotNull(tokenizer.Vocabulary.GetId("a"));
    }

    private static IEnumerable<string> Book => TrainingCorpus.Book.Value.Select(line => line.Trim('\uFEFF'));
}
