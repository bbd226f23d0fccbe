using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Transformers.Tests;

public sealed class QuestionAnsweringTests
{
    private static readonly QuestionAnsweringOptions Options = new()
    {
        Model = StageCase.TinyModel,
        VocabularySize = 300,
        BatchTokens = 512,
        Epochs = 40,
        LearningRate = 1e-2,
        TokenDropout = 0,
    };

    private readonly MLContext mlContext = new(seed: 1);

    [Fact]
    public void LearnsToAnswerAndToSayThatThereIsNoAnswer()
    {
        var model = Train(Options with { NoAnswerThreshold = 0, ValidationFraction = 0.1 }, Exercise.Many(300, unanswerable: true));
        var metrics = mlContext.QuestionAnswering.Evaluate(model.Transform(Data(Exercise.Many(60, unanswerable: true, seed: 5))));
        Assert.True(metrics.Answerable!.ExactMatch > 0.95, $"exact match {metrics.Answerable.ExactMatch}");
        Assert.True(metrics.Unanswerable!.ExactMatch > 0.95, $"exact match without answer {metrics.Unanswerable.ExactMatch}");
        Assert.True(model.TrainingResult!.Validation!.Metric > 0.9, $"validation {model.TrainingResult.Validation}");
    }

    [Fact]
    public void AnswersStandWhereTheyAreSaidTo()
    {
        using var engine = mlContext.Model.CreatePredictionEngine<Exercise, Answer>(Train(Options with { TopK = 4 }, Exercise.Many(300)));
        const string context = "👋🏽 東京 𝒵 Zed lives in Paris 😀 today";
        var answer = engine.Predict(new Exercise { Question = "where is it", Context = context });
        Assert.Equal("Paris", answer.PredictedAnswer);
        Assert.Equal(context.IndexOf("Paris", StringComparison.Ordinal), answer.PredictedAnswerStart);
        Assert.Equal(4, answer.TopAnswers.Length);
        Assert.Equal(answer.TopAnswers, answer.TopAnswerStarts.Zip(answer.TopAnswers, (start, text) => context.Substring(start, text.Length)));
        Assert.Equal(answer.TopScores.OrderDescending(), answer.TopScores);
        Assert.Equal((answer.PredictedAnswer, answer.Score), (answer.TopAnswers[0], answer.TopScores[0]));
        var nothing = engine.Predict(new Exercise { Question = "where is it", Context = "" });
        Assert.Equal(("", -1, 0), (nothing.PredictedAnswer, nothing.PredictedAnswerStart, nothing.TopAnswers.Length));
    }

    /// <summary>The context is ten times as long as what the model takes.</summary>
    [Fact]
    public void FindsTheAnswerInAnyWindow()
    {
        var options = Options with { MaxLength = 20, NoAnswerThreshold = 0 };
        var model = Train(options, Exercise.Many(300, fillers: 20));
        var far = Exercise.Many(40, fillers: 90, seed: 5);
        Assert.Contains(far, exercise => exercise.AnswerStart > 300);
        var metrics = mlContext.QuestionAnswering.Evaluate(model.Transform(Data(far)));
        Assert.True(metrics.ExactMatch > 0.95, $"exact match {metrics.ExactMatch}");
    }

    [Fact]
    public void TakesSeveralAnswersAndLearnsTheFirst()
    {
        var rows = Exercise.Many(300).Select(exercise => new Several
        {
            Question = exercise.Question,
            Context = exercise.Context,
            Answer = [exercise.Answer, exercise.Context[..3]],
            AnswerStart = [exercise.AnswerStart, 0],
        }).ToArray();
        var model = mlContext.QuestionAnswering.Trainers.TransformerQuestionAnswering(Options).Fit(mlContext.Data.LoadFromEnumerable(rows));
        Assert.True(mlContext.QuestionAnswering.Evaluate(model.Transform(Data(Exercise.Many(60, seed: 5)))).ExactMatch > 0.95);
        rows[7].AnswerStart[1] = 1;
        Assert.Contains("The answer of row 7 in 'Answer'", Assert.Throws<ArgumentException>(() =>
        {
            mlContext.QuestionAnswering.Trainers.TransformerQuestionAnswering(Options).Fit(mlContext.Data.LoadFromEnumerable(rows));
        }).Message);
        rows[7].AnswerStart = [1];
        Assert.Contains("Row 7 has 2 answers in 'Answer' and 1 starts in 'AnswerStart'", Assert.Throws<ArgumentException>(() =>
        {
            mlContext.QuestionAnswering.Trainers.TransformerQuestionAnswering(Options).Fit(mlContext.Data.LoadFromEnumerable(rows));
        }).Message);
    }

    [Theory]
    [InlineData("Ada lives in Paris", "London", 3, "The answer of row 3 in 'Answer', 'London' is not at 3 of the text: the text does not have it")]
    [InlineData("Ada lives in Paris", "Paris", 3, "The answer of row 3 in 'Answer', 'Paris' is not at 3 of the text: it is at 13")]
    [InlineData(" ", "", 0, "Row 3 has no text in 'Context'")]
    [InlineData("a\u200Db", "\u200D", 1, "Row 3 has an answer in 'Answer' that no token is of")]
    public void NamesTheRowThatNothingCanBeLearntFrom(string context, string answer, int start, string expected)
    {
        var rows = Exercise.Many(10);
        (rows[3].Context, rows[3].Answer, rows[3].AnswerStart) = (context, answer, start);
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => { Train(Options, rows); }).Message);
    }

    [Fact]
    public void RefusesTrainingWithoutAnyAnswer()
    {
        var rows = Exercise.Many(10);
        foreach (var row in rows)
            row.Answer = "";
        Assert.Contains("No row of the training set has an answer in 'Answer'", Assert.Throws<ArgumentException>(() => { Train(Options, rows); }).Message);
    }

    private FineTunedTransformer Train(QuestionAnsweringOptions options, Exercise[] rows) =>
        mlContext.QuestionAnswering.Trainers.TransformerQuestionAnswering(options).Fit(Data(rows));

    private IDataView Data(IEnumerable<Exercise> rows) => mlContext.Data.LoadFromEnumerable(rows);

    private sealed class Exercise
    {
        public string Question { get; set; } = "";

        public string Context { get; set; } = "";

        public string Answer { get; set; } = "";

        public int AnswerStart { get; set; }

        /// <summary>Who and where are in the text; when is not.</summary>
        public static Exercise[] Many(int count, int fillers = 2, bool unanswerable = false, int seed = 1)
        {
            var random = new Random(seed);
            string One(params string[] choices) => choices[random.Next(choices.Length)];
            string Fill() => string.Concat(Enumerable.Range(0, random.Next(fillers + 1)).Select(_ => One("so ", "well ", "東京 ", "yes ", "👋🏽 😀 ", "𝒵 ")));
            return [.. Enumerable.Range(0, count).Select(_ =>
            {
                var (person, city) = (One("Ada", "Zed", "Mary Smith"), One("Paris", "London", "New York"));
                var context = $"{Fill()}{person} lives in {city} {Fill()}today";
                var (question, answer) = random.Next(unanswerable ? 3 : 2) switch
                {
                    0 => ("who is it", person),
                    1 => ("where is it", city),
                    _ => ("when was it", ""),
                };
                return new Exercise { Question = question, Context = context, Answer = answer, AnswerStart = context.IndexOf(answer, StringComparison.Ordinal) };
            })];
        }
    }

    private sealed class Several
    {
        public string Question { get; set; } = "";

        public string Context { get; set; } = "";

        public string[] Answer { get; set; } = [];

        public int[] AnswerStart { get; set; } = [];
    }

    private sealed class Answer
    {
        public string PredictedAnswer { get; set; } = "";

        public int PredictedAnswerStart { get; set; }

        public float Score { get; set; }

        public string[] TopAnswers { get; set; } = [];

        public int[] TopAnswerStarts { get; set; } = [];

        public float[] TopScores { get; set; } = [];
    }
}
