using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Tool;
using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Scenarios;

namespace MLNet.Transformers.Tests.Tool.Scenarios;

/// <summary>Rows that nothing can be learnt from are refused before any work, by their number.</summary>
public sealed class ScenarioCheckTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("a\tO B-x\nb\tO", "Row 1 of '{0}' has 1 words in 'Words' and 2 tags in 'Tags'")]
    [InlineData("a b\tO B-x\nc  d\tO  B-x\ne f\tO B-x O", "Row 3 of '{0}' has 2 words in 'Words' and 3 tags in 'Tags'")]
    [InlineData("a b\tO O\nc\tO", "All words of '{0}' have the same tag in 'Tags'")]
    [InlineData("a b\tO B-x\n \tO", "Row 2 of '{0}' has nothing in 'Words'")]
    public void Tags(string rows, string expected) => Refuses("named-entity-recognition", "Words\tTags", rows, expected,
        (ColumnPurpose.Text, DataKind.String), (ColumnPurpose.Label, DataKind.String));

    [Theory]
    [InlineData("who?\tit was me\tme\t7\nwho?\tit was me\tme\t6", "Row 2 of '{0}': the answer 'me' in 'Answer' does not stand at 6 of the text in 'Context', but at 7")]
    [InlineData("who?\tit was me\tme\t7\nwho?\tit was me\tus\t90", "Row 2 of '{0}': the answer 'us' in 'Answer' does not stand at 90 of the text in 'Context', nor anywhere else in it")]
    [InlineData("who?\tit was me\t\t0", "No row of '{0}' has an answer in 'Answer'")]
    [InlineData("who?\tit was me\tme\t7\n\tit was me\tme\t7", "Row 2 of '{0}' has nothing in 'Question'")]
    public void Answers(string rows, string expected) => Refuses(
        "question-answering", "Question\tContext\tAnswer\tAt", rows, expected,
        (ColumnPurpose.Question, DataKind.String), (ColumnPurpose.Context, DataKind.String), (ColumnPurpose.Answer, DataKind.String), (ColumnPurpose.AnswerIndex, DataKind.Int32));

    [Theory]
    [InlineData("a\tx\nb\tx", "All rows of '{0}' have the same class in 'Class'")]
    [InlineData("a\tx\nb\t", "Row 2 of '{0}' has nothing in 'Class', where the class should be")]
    [InlineData("a\tx\n \ty", "Row 2 of '{0}' has nothing in 'Text', where the text should be")]
    public void Classes(string rows, string expected) => Refuses("text-classification", "Text\tClass", rows, expected,
        (ColumnPurpose.Text, DataKind.String), (ColumnPurpose.Label, DataKind.String));

    [Theory]
    [InlineData("a\tb\t1\nc\td\t", "Row 2 of '{0}' has no number in 'Score'")]
    [InlineData("a\tb\t1\nc\td\t1", "All rows of '{0}' have the same number in 'Score'")]
    public void Numbers(string rows, string expected) => Refuses("sentence-similarity", "First\tSecond\tScore", rows, expected,
        (ColumnPurpose.SourceSentence, DataKind.String), (ColumnPurpose.ComparisonSentence, DataKind.String), (ColumnPurpose.Label, DataKind.Single));

    [Fact]
    public void QuestionsMayHaveNoAnswer()
    {
        var dataset = ScenarioCase.Table(folder, "Question\tContext\tAnswer\tAt", ["who?\tit was me\tme\t7", "where?\tit was me\t\t0"],
            (ColumnPurpose.Question, DataKind.String), (ColumnPurpose.Context, DataKind.String), (ColumnPurpose.Answer, DataKind.String), (ColumnPurpose.AnswerIndex, DataKind.Int32));
        var test = new ScenarioCase("question-answering", dataset);
        test.Scenario.Check(new MLContext(), test.Setup);
        Assert.Equal(0, ((QuestionAnsweringOptions)test.Options()).NoAnswerThreshold);
        Assert.Null(((QuestionAnsweringOptions)ScenarioCase.Of("question-answering", folder).Options()).NoAnswerThreshold);
    }

    [Fact]
    public void TagsThatTrainingNeverMetCountAgainstTheModel()
    {
        var mlContext = new MLContext(seed: 1);
        var test = ScenarioCase.Of("named-entity-recognition", folder);
        var model = test.Fit(mlContext);
        var strange = ScenarioCase.Table(folder, "Words\tTags", ["take the hammer\tO O B-animal", "apple\tB-animal"],
            (ColumnPurpose.Text, DataKind.String), (ColumnPurpose.Label, DataKind.String));
        var metrics = test.Scenario.Evaluate(mlContext, test.Options(), model, strange.Load(mlContext)).ToDictionary(metric => metric.Name, metric => metric.Value);
        Assert.Equal(0, metrics["F1"]);
        Assert.InRange(metrics["Accuracy"], 0, 0.5);
    }

    [Fact]
    public void AnswersGoBesideColumnsOfTheSameName()
    {
        var dataset = ScenarioCase.Table(folder, "Text\tPredictedLabel", ["a\tx", "b\ty"], (ColumnPurpose.Text, DataKind.String), (ColumnPurpose.Label, DataKind.String));
        var test = new ScenarioCase("text-classification", dataset);
        var options = (TextClassificationOptions)test.Options();
        Assert.Equal(("PredictedLabel", "PredictedPredictedLabel"), (options.LabelColumnName, options.PredictedLabelColumnName));
        Assert.Equal("MicroAccuracy", test.Evaluate(new MLContext(), test.Fit(new MLContext(seed: 1)))[0].Name);
    }

    [Theory]
    [InlineData(28, 28, 1, 7, 4)]
    [InlineData(30, 32, 1, 8, 4)]
    [InlineData(150, 64, 1, 16, 8)]
    public void ImagesDecideWhatTheModelSees(int side, int seen, int channels, int smallPatch, int mediumPatch)
    {
        var sample = ImageSample.Of(ScenarioCase.Images(folder, side));
        Assert.Equal((16, seen, channels, side == seen), (sample.Count, sample.Side, sample.Channels, sample.HasOneSize));
        var test = new ScenarioCase("image-classification", ScenarioCase.Images(folder, side));
        int Patch(MLNet.Transformers.Tool.Search.ModelSize size) =>
            ((ImageClassificationOptions)test.Scenario.Options(new(size, 1e-3, 1), test.Setup)).Model.PatchSize.Width;
        Assert.Equal((smallPatch, mediumPatch), (Patch(MLNet.Transformers.Tool.Search.ModelSize.Small), Patch(MLNet.Transformers.Tool.Search.ModelSize.Medium)));
    }

    private void Refuses(string command, string header, string rows, string expected, params (ColumnPurpose Purpose, DataKind Kind)[] columns)
    {
        var dataset = ScenarioCase.Table(folder, header, rows.Split('\n'), columns);
        var test = new ScenarioCase(command, dataset);
        var message = Assert.Throws<InputException>(() => test.Scenario.Check(new MLContext(), test.Setup)).Message;
        Assert.Contains(string.Format(null, expected, dataset.Path), message, StringComparison.Ordinal);
    }
}
