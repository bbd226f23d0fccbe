using Microsoft.ML.Data;
using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Scenarios;

namespace MLNet.Transformers.Tests.Tool.Scenarios;

public sealed class TextAmountTests
{
    [Fact]
    public void CountsTheTextsOfARowTogetherAndLeavesOutTheLongestTwentieth()
    {
        using var folder = new TemporaryFolder();
        // 40 rows of 1 + 1 to 40 + 1 characters.
        var dataset = ScenarioCase.Table(folder, "First\tSecond", Enumerable.Range(1, 40).Select(length => $"{new string('a', length)}\tb"),
            (ColumnPurpose.SourceSentence, DataKind.String), (ColumnPurpose.ComparisonSentence, DataKind.String));
        var setup = new TrainingSetup(dataset, null, 1, null);
        Assert.Equal(new TextAmount(40, 820 + 40, 39), TextAmount.Of(setup, ColumnPurpose.SourceSentence, ColumnPurpose.ComparisonSentence));
        Assert.Equal(new TextAmount(40, 820, 38), TextAmount.Of(setup, ColumnPurpose.SourceSentence));
    }

    [Theory]
    [InlineData(0, 128, 16)]
    [InlineData(39, 128, 16)]
    [InlineData(40, 128, 16)]
    [InlineData(42, 128, 32)]
    [InlineData(10_000, 128, 128)]
    public void WindowsAreMultiplesOfSixteen(int characters, int most, int expected) => Assert.Equal(expected, new TextAmount(1, characters, characters).Length(most));

    [Theory]
    [InlineData(1_000, 1000)]
    [InlineData(255_555, 2500)]
    [InlineData(50_000_000, 8000)]
    public void VocabulariesGrowWithTheText(long characters, int expected) => Assert.Equal(expected, new TextAmount(1, characters, 1).Vocabulary(charactersPerPiece: 100));

    [Theory]
    [InlineData(100, 512)]
    [InlineData(4 * 64 * 1000, 1024)]
    [InlineData(100_000_000, 4096)]
    public void BatchesGrowWithTheText(long characters, int expected) => Assert.Equal(expected, new TextAmount(0, characters, 1).BatchTokens(512, 4096));

    [Theory]
    [InlineData(10, 40)]
    [InlineData(10_000, 12)]
    [InlineData(1_000_000, 6)]
    public void FewRowsAreReadOften(int rows, int expected) => Assert.Equal(expected, new TextAmount(rows, 1, 1).Epochs(rowsSeen: 120_000));
}
