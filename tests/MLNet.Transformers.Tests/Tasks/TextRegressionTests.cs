using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests;

public sealed class TextRegressionTests
{
    private readonly MLContext mlContext = new(seed: 1);

    private static readonly TextRegressionOptions Options = new()
    {
        Model = StageCase.TinyModel,
        VocabularySize = 100,
        LabelColumnName = "Words",
        BatchTokens = 256,
        Epochs = 20,
        LearningRate = 1e-2,
        TokenDropout = 0,
    };

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1e5f, 0)]
    [InlineData(1e-3f, 1000)]
    public void LearnsHowManyWordsATextHasInAnyUnit(float unit, float offset)
    {
        var rows = StageRow.Many(120);
        foreach (var row in rows)
            row.Words = offset + unit * row.Words;
        var data = mlContext.Data.LoadFromEnumerable(rows);
        var scored = mlContext.Regression.Trainers.TransformerTextRegression(Options).Fit(data).Transform(data);
        Assert.True(mlContext.Regression.Evaluate(scored, "Words").RSquared > 0.9);
    }

    [Fact]
    public void FurtherTrainingGoesOnFromTheAnswersUnit()
    {
        using var folder = new TemporaryFolder();
        var data = mlContext.Data.LoadFromEnumerable(StageRow.Many(120));
        var first = mlContext.Regression.Trainers.TransformerTextRegression(Options).Fit(data);
        first.SavePretrained(folder.Path);
        Assert.Equal("regression", first.Config.ProblemType);
        // So small a rate changes nothing.
        var second = mlContext.Regression.Trainers.TransformerTextRegression(Options with { PretrainedFolder = folder.Path, Epochs = 1, LearningRate = 1e-12, WeightDecay = 0 }).Fit(data);
        var (before, after) = (VectorColumn.ReadAll(first.Transform(data), "Score"), VectorColumn.ReadAll(second.Transform(data), "Score"));
        Assert.All(before.Zip(after), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
    }

    [Fact]
    public void SimilarityStaysInItsRange()
    {
        var data = mlContext.Data.LoadFromEnumerable(StageRow.Many(120).Select(row =>
        {
            row.Words = row.Words > 10 ? 5 : 0;
            return row;
        }).ToArray());
        var options = new SentenceSimilarityOptions
        {
            Model = StageCase.TinyModel,
            VocabularySize = 100,
            FirstSentenceColumnName = "Text",
            SecondSentenceColumnName = "Pair",
            LabelColumnName = "Words",
            BatchTokens = 256,
            Epochs = 20,
            LearningRate = 1e-2,
        };
        var scored = mlContext.Regression.Trainers.TransformerSentenceSimilarity(options).Fit(data).Transform(data);
        var scores = VectorColumn.ReadAll(scored, "Score");
        Assert.All(scores, score => Assert.InRange(score, 0, 5));
        Assert.Contains(0, scores);
        Assert.Contains(5, scores);
        Assert.True(mlContext.Regression.Evaluate(scored, "Words").RSquared > 0.7);
    }

    [Fact]
    public void SentencesReadApartScoreTheCosineOfTheirVectors()
    {
        var rows = StageRow.Many(120);
        foreach (var row in rows)
            row.Words = row.Text.Split(' ').Intersect(row.Pair.Split(' ')).Any() ? 5 : 1;
        var data = mlContext.Data.LoadFromEnumerable(rows);
        var options = new SentenceSimilarityOptions
        {
            Model = StageCase.TinyModel,
            VocabularySize = 100,
            FirstSentenceColumnName = "Text",
            SecondSentenceColumnName = "Pair",
            LabelColumnName = "Words",
            MinimumScore = 1,
            BatchTokens = 256,
            Epochs = 2,
            ComparesVectors = true,
        };
        using var model = mlContext.Regression.Trainers.TransformerSentenceSimilarity(options).Fit(data);
        float[][] Vectors(string column) =>
        [
            .. VectorColumn.ReadAll(
                mlContext.Transforms.Text.FeaturizeTextWithTransformer("Features", column, model, Pooling.Mean, normalizes: true).Fit(data).Transform(data), "Features")
                .Chunk(StageCase.TinyModel.HiddenSize),
        ];
        var expected = Vectors("Text").Zip(Vectors("Pair"), (first, second) => 1 + (4 * Math.Clamp(first.Zip(second, (x, y) => x * y).Sum(), 0, 1)));
        Assert.All(VectorColumn.ReadAll(model.Transform(data), "Score").Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-4f));
        Assert.Contains("Row 3 is out of range: 'Words' is NaN, not within 1 to 5", Assert.Throws<ArgumentException>(() =>
        {
            rows[3].Words = float.NaN;
            mlContext.Regression.Trainers.TransformerSentenceSimilarity(options).Fit(mlContext.Data.LoadFromEnumerable(rows));
        }).Message);
    }

    [Theory]
    [InlineData(float.NaN, "Row 3 has no number: 'Words' is NaN")]
    [InlineData(21, "Row 3 is out of range: 'Words' is 21, not within 0 to 20")]
    public void NamesTheRowThatNothingCanBeLearntFrom(float words, string expected)
    {
        var rows = StageRow.Many();
        rows[3].Words = words;
        var trainer = mlContext.Regression.Trainers.TransformerTextRegression(Options with { MinimumScore = 0, MaximumScore = 20 });
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => { trainer.Fit(mlContext.Data.LoadFromEnumerable(rows)); }).Message);
    }

    [Fact]
    public void ARangeWithNothingInItIsRefused() => Assert.Contains("MinimumScore is 5",
        Assert.Throws<ArgumentException>(() => { mlContext.Regression.Trainers.TransformerTextRegression(Options with { MinimumScore = 5, MaximumScore = 5 }); }).Message);
}
