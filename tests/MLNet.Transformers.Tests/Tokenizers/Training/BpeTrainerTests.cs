using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests.Tokenizers.Training;

public class BpeTrainerTests
{
    [SharedDataFact]
    public void LearnsTheMergesOfTheRustTrainer()
    {
        BpeTrainer trainer = new()
        {
            MinimumFrequency = 0,
            SpecialTokens = [],
            PreTokenizer = new WhitespaceSplitPreTokenizer(),
        };

        var algorithm = (BytePairEncoding)trainer.Train(TrainingCorpus.Beginning).Pipeline.Algorithm;

        Assert.Equal(TrainingCorpus.GoldenLines("rust-bpe-merges.txt"), algorithm.Merges.Select(merge => $"{merge.First} {merge.Second}"));
    }

    [Fact]
    public void MergesTheMostFrequentPairFirst()
    {
        // The worked example of Sennrich et al., 2016, section 3.2.
        string[] words = [.. Repeat("low", 5), .. Repeat("lower", 2), .. Repeat("newest", 6), .. Repeat("widest", 3)];
        BpeTrainer trainer = new()
        {
            SpecialTokens = [],
            PreTokenizer = new WhitespaceSplitPreTokenizer(),
            EndOfWordSuffix = "</w>",
            VocabularySize = 10 + 3 + 3,
        };

        var algorithm = (BytePairEncoding)trainer.Train(words).Pipeline.Algorithm;

        Assert.Equal([("e", "s"), ("es", "t</w>"), ("l", "o")], algorithm.Merges);
    }

    [Fact]
    public void SpellsAnyTextInBytes()
    {
        TransformerTokenizer tokenizer = new BpeTrainer { VocabularySize = 300 }.Train(["the cat sat on the mat", "the dog sat on the log"]);

        const string Text = "Ünïcödé 😀 \u0000 the cat\n";
        Assert.Equal(Text, tokenizer.Decode(tokenizer.Encode(Text).Ids));
        Assert.Contains("Ġthe", tokenizer.Encode("sat on the mat").Tokens);
    }

    [Fact]
    public void KeepsTokensWithinTheirMaximumLength()
    {
        BpeTrainer trainer = new()
        {
            SpecialTokens = [],
            PreTokenizer = new WhitespaceSplitPreTokenizer(),
            MaximumPieceLength = 3,
        };

        var tokens = trainer.Train(Repeat("abcde", 10)).Vocabulary.Tokens.Select(token => token.Key).ToArray();

        Assert.Equal(3, tokens.Max(token => token.Length));
    }

    private static IEnumerable<string> Repeat(string text, int count) => Enumerable.Repeat(text, count);
}
