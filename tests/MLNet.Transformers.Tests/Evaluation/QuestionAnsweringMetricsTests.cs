using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Transformers.Tests;

public sealed class QuestionAnsweringMetricsTests
{
    private readonly MLContext mlContext = new(seed: 1);

    /// <summary>Each by hand: words after normalisation, how many are shared, 2 · shared / (words + words).</summary>
    [Theory]
    [InlineData("Saint Bernadette Soubirous", "saint  bernadette\tSoubirous.", 1, 1)]
    [InlineData("the Main Building", "Main Building", 1, 1)]
    [InlineData("a copper statue of Christ", "statue of Christ", 0, 6 / 7.0)]
    [InlineData("the cat and the hat", "the hat, the hat", 0, 2 / 5.0)]
    [InlineData("the the answer", "theatre", 0, 0)]
    [InlineData("$1,000", "1000", 1, 1)]
    [InlineData("10–20", "10-20", 0, 0)]
    [InlineData("an apple a day", "Apple day", 1, 1)]
    [InlineData("Ärzte", "ärzte", 1, 1)]
    public void ComparesAsSquadDoes(string answer, string predicted, double exactMatch, double f1)
    {
        var metrics = Evaluate(([answer], predicted));
        Assert.Equal(exactMatch, metrics.ExactMatch, 12);
        Assert.Equal(f1, metrics.F1, 12);
    }

    [Fact]
    public void TakesTheBestOfSeveralAnswers()
    {
        var metrics = Evaluate((["Denver Broncos", "Denver", "the Broncos of Denver"], "Broncos Denver"));
        Assert.Equal(0, metrics.ExactMatch);
        Assert.Equal(1, metrics.F1);
    }

    /// <summary>The second version of the set: a question without answer is right when nothing is answered; an answer of articles is none.</summary>
    [Fact]
    public void CountsQuestionsWithoutAnswer()
    {
        var metrics = Evaluate(([], ""), ([""], "something"), (["The"], "a"), (["yes"], "yes"), (["yes"], ""), (["two words"], "two"));
        Assert.Equal(new AnswerScores(2 / 3.0, 2 / 3.0, 3), metrics.Unanswerable);
        Assert.Equal(1 / 3.0, metrics.Answerable!.ExactMatch, 12);
        Assert.Equal((1 + 0 + 2 / 3.0) / 3, metrics.Answerable.F1, 12);
        Assert.Equal(0.5, metrics.ExactMatch, 12);
        Assert.Equal((2 + 1 + 2 / 3.0) / 6, metrics.F1, 12);
        Assert.Equal(6, metrics.Count);
    }

    [Fact]
    public void TakesOneAnswerAsPlainText()
    {
        var data = mlContext.Data.LoadFromEnumerable([new Row { Text = "yes", PredictedAnswer = "Yes!" }]);
        var metrics = mlContext.QuestionAnswering.Evaluate(data, "Text");
        Assert.Equal(1, metrics.ExactMatch);
        Assert.Null(metrics.Unanswerable);
    }

    [Fact]
    public void NamesWhatIsWrong()
    {
        Assert.Contains("no rows", Assert.Throws<ArgumentException>(() => { Evaluate(); }).Message);
        var data = mlContext.Data.LoadFromEnumerable([new Row()]);
        Assert.Contains("'Missing'", Assert.Throws<ArgumentOutOfRangeException>(() => { mlContext.QuestionAnswering.Evaluate(data, "Missing"); }).Message);
        Assert.Contains("Row 0 has 0 answers in 'Answer'", Assert.Throws<ArgumentException>(() => { mlContext.QuestionAnswering.Evaluate(data, "Text", "Answer"); }).Message);
    }

    private QuestionAnsweringMetrics Evaluate(params (string[] Answers, string Predicted)[] rows) => mlContext.QuestionAnswering.Evaluate(
        mlContext.Data.LoadFromEnumerable(rows.Select(row => new Row { Answer = row.Answers, PredictedAnswer = row.Predicted })));

    private sealed class Row
    {
        public string[] Answer { get; set; } = [];

        public string Text { get; set; } = "";

        public string PredictedAnswer { get; set; } = "";
    }
}
