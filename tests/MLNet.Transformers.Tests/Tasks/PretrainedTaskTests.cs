using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests;

/// <summary>A model that was trained here and written as a folder gives the same when the folder is applied, without any label.</summary>
public sealed class PretrainedTaskTests
{
    private readonly MLContext mlContext = new(seed: 1);

    [Fact]
    public void ClassifiesTexts()
    {
        using var folder = new TemporaryFolder();
        var data = mlContext.Data.LoadFromEnumerable(StageRow.Many());
        var keyed = mlContext.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(data).Transform(data);
        var trained = mlContext.MulticlassClassification.Trainers.TransformerTextClassification(
            new TextClassificationOptions { Model = StageCase.TinyModel, VocabularySize = 100, TextPairColumnName = "Pair" }).Fit(keyed);
        trained.SavePretrained(folder.Path);
        var applied = mlContext.MulticlassClassification.ClassifyText(folder.Path, textPairColumnName: "Pair")
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(data).Transform(data);
        Equal(trained.Transform(data), applied, "Score");
        Assert.Equal(
            mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(trained.Transform(data)).Transform(trained.Transform(data)).GetColumn<string>("PredictedLabel"),
            applied.GetColumn<string>("PredictedLabel"));
    }

    [Fact]
    public void TagsWordsAndAnswersQuestions()
    {
        using var tagger = new TemporaryFolder();
        using var answerer = new TemporaryFolder();
        var data = mlContext.Data.LoadFromEnumerable(StageRow.Many());
        var tags = mlContext.TokenClassification.Trainers.TransformerTokenClassification(
            new TokenClassificationOptions { Model = StageCase.TinyModel, VocabularySize = 100, TextColumnName = "Tokens", LabelColumnName = "Tags" }).Fit(data);
        var answers = mlContext.QuestionAnswering.Trainers.TransformerQuestionAnswering(
            new QuestionAnsweringOptions { Model = StageCase.TinyModel, VocabularySize = 100, QuestionColumnName = "Pair", ContextColumnName = "Text" }).Fit(data);
        tags.SavePretrained(tagger.Path);
        answers.SavePretrained(answerer.Path);
        Equal(tags.Transform(data), mlContext.TokenClassification.TagWords(tagger.Path, "Tokens").Fit(data).Transform(data), "Score");
        Equal(answers.Transform(data), mlContext.QuestionAnswering.AnswerQuestions(answerer.Path, "Pair", "Text").Fit(data).Transform(data), "TopScores");

        var message = Assert.Throws<WeightMismatchException>(() => { mlContext.QuestionAnswering.AnswerQuestions(tagger.Path, "Pair", "Text").Fit(data); }).Message;
        Assert.Contains("missing: span.weight, span.bias", message);
    }

    [Fact]
    public void ScoresTextsAndSaysWhichLabelsHold()
    {
        using var regression = new TemporaryFolder();
        using var labels = new TemporaryFolder();
        var data = mlContext.Data.LoadFromEnumerable(StageRow.Many());
        var numbers = mlContext.Regression.Trainers.TransformerTextRegression(
            new TextRegressionOptions { Model = StageCase.TinyModel, VocabularySize = 100, TextPairColumnName = "Pair", LabelColumnName = "Words" }).Fit(data);
        var flags = mlContext.MultiLabelClassification.Trainers.TransformerMultiLabelClassification(
            new MultiLabelClassificationOptions { Model = StageCase.TinyModel, VocabularySize = 100, LabelColumnName = "Holds" }).Fit(data);
        numbers.SavePretrained(regression.Path);
        flags.SavePretrained(labels.Path);
        Equal(numbers.Transform(data), mlContext.Regression.ScoreText(regression.Path, "Text", "Pair").Fit(data).Transform(data), "Score");
        Equal(flags.Transform(data), mlContext.MultiLabelClassification.ClassifyText(labels.Path).Fit(data).Transform(data), "Score");
        Assert.Contains("3 labels", Assert.Throws<InvalidDataException>(() => { mlContext.Regression.ScoreText(labels.Path).Fit(data); }).Message);
        Assert.Contains("for regression", Assert.Throws<InvalidDataException>(() => { mlContext.MultiLabelClassification.ClassifyText(regression.Path).Fit(data); }).Message);
    }

    [Fact]
    public void NamesWhatIsMissing()
    {
        using var folder = new TemporaryFolder();
        var data = mlContext.Data.LoadFromEnumerable(StageRow.Many());
        Assert.Contains("PretrainedFolder", Assert.Throws<ArgumentException>(() => mlContext.TokenClassification.TagWords(new TokenClassificationOptions())).Message);
        Assert.Throws<FileNotFoundException>(() => { mlContext.TokenClassification.TagWords(folder.Path).Fit(data); });
        using (var model = TextModel.ForClassification(StageCase.TinyModel with { LabelNames = ["one"] }))
            PretrainedFolder.Save(model, folder.Path);
        Assert.Contains("id2label", Assert.Throws<InvalidDataException>(() => { mlContext.MulticlassClassification.ClassifyText(folder.Path).Fit(data); }).Message);
        using (var model = TextModel.ForClassification(StageCase.TinyModel with { LabelNames = ["one", "two"], ProblemType = "multi_label_classification" }))
            PretrainedFolder.Save(model, folder.Path);
        Assert.Contains("multi_label", Assert.Throws<InvalidDataException>(() => { mlContext.MulticlassClassification.ClassifyText(folder.Path).Fit(data); }).Message);
        using (var model = TextModel.ForClassification(StageCase.TinyModel with { LabelNames = ["one", "two"] }))
            PretrainedFolder.Save(model, folder.Path);
        Assert.Contains("'Missing'", Assert.Throws<ArgumentOutOfRangeException>(() => { mlContext.MulticlassClassification.ClassifyText(folder.Path, "Missing").Fit(data); }).Message);
    }

    private static void Equal(IDataView expected, IDataView actual, string column) =>
        Assert.Equal(VectorColumn.ReadAll(expected, column), VectorColumn.ReadAll(actual, column));
}
