using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests.Tokenizers.Training;

public class TokenizerTrainerTests
{
    public static TheoryData<TokenizerTrainer> Trainers => new(
        new WordPieceTrainer { VocabularySize = 600 },
        new BpeTrainer { VocabularySize = 600 },
        new UnigramTrainer { VocabularySize = 600 },
        new WordLevelTrainer { VocabularySize = 600 },
        new CharacterTrainer());

    [SharedDataTheory]
    [MemberData(nameof(Trainers))]
    public void TheSameTextsInAnyOrderGiveTheSameFile(TokenizerTrainer trainer)
    {
        byte[] first = Save(trainer.Train(TrainingCorpus.Beginning));
        byte[] second = Save(trainer.Train(TrainingCorpus.Beginning));
        byte[] reversed = Save(trainer.Train(TrainingCorpus.Beginning.Reverse()));

        Assert.Equal(first, second);
        Assert.Equal(first, reversed);
    }

    [SharedDataTheory]
    [MemberData(nameof(Trainers))]
    public void TheSavedTokenizerEncodesAsTheTrainedOne(TokenizerTrainer trainer)
    {
        TransformerTokenizer trained = trainer.Train(TrainingCorpus.Beginning);
        TransformerTokenizer loaded = TransformerTokenizer.Load(new MemoryStream(Save(trained)));

        foreach (string line in TrainingCorpus.Book.Value.Skip(500).Take(500))
        {
            Assert.Equal(trained.Encode(line).Ids.ToArray(), loaded.Encode(line).Ids.ToArray());
        }
    }

    [SharedDataTheory]
    [MemberData(nameof(Trainers))]
    public void ReadsTheTextsOnceAndReportsProgress(TokenizerTrainer trainer)
    {
        int read = 0;
        Reports reports = new();

        trainer.Train(TrainingCorpus.Beginning.Select(line => (line, read++).line), reports);

        Assert.Equal(500, read);
        Assert.Equal(TokenizerTrainingStage.CountingWords, reports.All[0].Stage);
        Assert.All(reports.All, report => Assert.InRange(report.Completed, 0, report.Total ?? long.MaxValue));
        Assert.True(reports.All.Select(report => report.Stage).SequenceEqual(reports.All.Select(report => report.Stage).Order()));
    }

    [SharedDataTheory]
    [MemberData(nameof(Trainers))]
    public void StopsWhenAskedTo(TokenizerTrainer trainer)
    {
        using CancellationTokenSource source = new();
        IEnumerable<string> texts = Enumerable.Repeat(TrainingCorpus.Beginning, int.MaxValue).SelectMany(lines => lines);
        IEnumerable<string> Cancelling()
        {
            int count = 0;
            foreach (string text in texts)
            {
                if (++count == 5_000)
                {
                    source.Cancel();
                }
                yield return text;
            }
        }

        Assert.Throws<OperationCanceledException>(() => trainer.Train(Cancelling(), null, source.Token));
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void RefusesTextsWithoutWords(TokenizerTrainer trainer)
    {
        Assert.Throws<ArgumentNullException>("texts", () => trainer.Train(null!));
        Assert.Throws<ArgumentException>("texts", () => trainer.Train([]));
        Assert.Throws<ArgumentException>("texts", () => trainer.Train(["", ""]));
        Assert.Contains("1", Assert.Throws<ArgumentException>("texts", () => trainer.Train(["a", null!])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void RefusesSettingsThatContradictEachOther(TokenizerTrainer trainer)
    {
        Assert.Throws<ArgumentOutOfRangeException>("VocabularySize", () => (trainer with { VocabularySize = 0 }).Train(["a"]));
        Assert.Throws<InvalidOperationException>(() => (trainer with { SpecialTokens = [.. trainer.SpecialTokens, "x", "x"] }).Train(["a"]));
        Assert.Throws<InvalidOperationException>(() => (trainer with { SpecialTokens = [.. trainer.SpecialTokens, ""] }).Train(["a"]));
        Assert.Contains(
            "VocabularySize",
            Assert.Throws<InvalidOperationException>(() => (trainer with { VocabularySize = 1, SpecialTokens = [.. trainer.SpecialTokens, "x", "y"] }).Train(["abcdef"])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void RefusesAnUnknownTokenThatIsNotSpecial()
    {
        string message = Assert.Throws<InvalidOperationException>(() => new WordPieceTrainer { UnknownToken = "<unk>" }.Train(["a"])).Message;

        Assert.Contains("'<unk>'", message, StringComparison.Ordinal);
    }

    private static byte[] Save(TransformerTokenizer tokenizer)
    {
        using MemoryStream stream = new();
        tokenizer.Save(stream);
        return stream.ToArray();
    }

    private sealed class Reports : IProgress<TokenizerTrainingProgress>
    {
        public List<TokenizerTrainingProgress> All { get; } = [];

        public void Report(TokenizerTrainingProgress value) => All.Add(value);
    }
}
