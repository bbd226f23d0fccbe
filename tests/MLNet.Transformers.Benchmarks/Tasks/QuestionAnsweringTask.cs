using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Transformers.Benchmarks.Tasks;

/// <summary>XQuAD in English: the answer to a question as a span of a passage, measured by F1 on articles that training has not seen.</summary>
internal sealed class QuestionAnsweringTask : RealTask
{
    private readonly Question[] training;
    private readonly Question[] test;

    public QuestionAnsweringTask(string data)
        : base("XQuAD-en", "F1")
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(data, "qa-xquad", "xquad.en.json")));
        var articles = Shuffled(document.RootElement.GetProperty("data").EnumerateArray().Select(Read));
        test = [.. articles.Take(articles.Length / 5).SelectMany(article => article)];
        training = Shuffled(articles.Skip(articles.Length / 5).SelectMany(article => article));
    }

    public override int Rows => training.Length;

    public override double Measure(MLContext mlContext, int rows, string? pretrainedFolder)
    {
        var trainer = mlContext.QuestionAnswering.Trainers.TransformerQuestionAnswering(Training(new QuestionAnsweringOptions { Seed = 1 }, rows, pretrainedFolder));
        var model = trainer.Fit(mlContext.Data.LoadFromEnumerable(training[..rows]));
        return 100 * mlContext.QuestionAnswering.Evaluate(model.Transform(mlContext.Data.LoadFromEnumerable(test))).F1;
    }

    private static Question[] Read(JsonElement article) =>
    [
        .. from paragraph in article.GetProperty("paragraphs").EnumerateArray()
           let context = paragraph.GetProperty("context").GetString()!
           from question in paragraph.GetProperty("qas").EnumerateArray()
           let answer = question.GetProperty("answers")[0]
           select new Question
           {
               Context = context,
               Text = question.GetProperty("question").GetString()!,
               Answer = answer.GetProperty("text").GetString()!,
               AnswerStart = Utf16Index(context, answer.GetProperty("answer_start").GetInt32()),
           },
    ];

    /// <summary>The file counts code points.</summary>
    private static int Utf16Index(string text, int codePoints) => text.EnumerateRunes().Take(codePoints).Sum(rune => rune.Utf16SequenceLength);

    private sealed class Question
    {
        [ColumnName("Question")]
        public string Text { get; set; } = "";

        public string Context { get; set; } = "";

        public string Answer { get; set; } = "";

        public int AnswerStart { get; set; }
    }
}
