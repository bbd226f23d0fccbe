using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests.Tokenizers.Training;

public class WordLevelTrainerTests
{
    [SharedDataFact]
    public void LearnsTheVocabularyOfTheRustTrainer()
    {
        WordLevelTrainer trainer = new() { SpecialTokens = ["<none>"], UnknownToken = "<none>", PreTokenizer = new WhitespaceSplitPreTokenizer() };

        TransformerTokenizer tokenizer = trainer.Train(TrainingCorpus.Beginning);

        Assert.Equal(TrainingCorpus.GoldenLines("rust-wordlevel-vocab.txt"), tokenizer.Vocabulary.Tokens.Skip(1).Select(token => token.Key));
    }

    [Fact]
    public void LeavesRareWordsToTheUnknownToken()
    {
        TransformerTokenizer tokenizer = new WordLevelTrainer { MinimumFrequency = 2 }.Train(["a b a, c"]);

        Assert.Equal(["[PAD]", "[UNK]", "a"], tokenizer.Vocabulary.Tokens.Select(token => token.Key));
        Assert.Equal([2, 1], [.. tokenizer.Encode("a b").Ids]);
    }

    [Fact]
    public void TakesCharactersByCodePoint()
    {
        TransformerTokenizer tokenizer = new CharacterTrainer().Train(["a 😀a", "b\n"]);

        Assert.Equal(["[PAD]", "[UNK]", "a", "\n", " ", "b", "😀"], tokenizer.Vocabulary.Tokens.Select(token => token.Key));
        Assert.Equal("b 😀", tokenizer.Decode(tokenizer.Encode("b 😀").Ids));
    }
}
