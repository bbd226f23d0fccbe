using System.Text.Json.Nodes;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Tasks;

/// <summary>The span of a text that answers a question.</summary>
internal sealed class QuestionAnswering(QuestionAnsweringColumns columns, QuestionLimits limits, AnswerChoice choice)
    : TextTask<AnswerableQuestion, SpanSequence, AnsweredQuestion>
{
    public const string TaskName = "question-answering";

    private readonly AnswerDecoder decoder = new(choice);

    public override string Name => TaskName;

    public override IReadOnlyList<InputColumn> Inputs { get; } = [columns.Question, columns.Context, columns.Answer, columns.AnswerStart];

    public override IReadOnlyList<OutputColumn> Outputs { get; } = columns.Outputs;

    public override bool HasPairs => true;

    public override TextConfig Configure(TextConfig config) => config with { LabelNames = null, ProblemType = null };

    public override Head CreateHead(TextConfig config, TextBackbone backbone) => SpanExtraction.Of(config, backbone);

    public override Func<AnswerableQuestion> CreateReader(DataViewRow row, TextTaskModel model)
    {
        var (question, context) = (TextColumns.Reader(row, columns.Question.In(row.Schema)), TextColumns.Reader(row, columns.Context.In(row.Schema)));
        var maxLength = model.Tokenizer.Pipeline.Truncation?.MaxLength ?? model.Network.Config.MaxLength;
        var reader = new QuestionReader(model.Tokenizer, maxLength, limits.MaxQuestionLength, limits.Stride);
        return () => reader.Read(question(), context());
    }

    public override int LengthOf(AnswerableQuestion row) => row.Length;

    public override Func<IReadOnlyList<SpanSequence>> CreateExampleReader(DataViewRow row, TextTaskModel model)
    {
        var read = CreateReader(row, model);
        var answers = TextColumns.VectorReader(row, columns.Answer.In(row.Schema));
        var starts = VectorColumns.Reader<int>(row, columns.AnswerStart.In(row.Schema));
        return () =>
        {
            var question = read();
            if (string.IsNullOrWhiteSpace(question.Context))
                throw new ArgumentException($"Row {row.Position} has no text in '{columns.ContextName}'.");
            var answer = Find(row.Position, question.Context, answers(), starts());
            var examples = AnswerSpan.Label(question, answer).ToArray();
            return answer is null || HasTokens(question, answer.Value)
                ? examples
                : throw new ArgumentException($"Row {row.Position} has an answer in '{columns.AnswerName}' that no token is of: '{answer.Value.In(question.Context)}'.");
        };
    }

    public override TrainingTask<SpanSequence> Learn(TextTaskModel model, TextFineTuningOptions training) => new SpanExtractionTask(model.Network)
    {
        TokenDropout = model.HideTokens(training.TokenDropout ?? (training.IsFromScratch ? 0.1 : 0)),
        Device = model.Device,
    };

    public override AnsweredQuestion[] Predict(TextTaskModel model, IReadOnlyList<AnswerableQuestion> rows)
    {
        var scores = model.ScoreTokens([.. rows.SelectMany(row => row.Windows).Select(window => window.Tokens)], scores => scores.alias());
        var (answers, start) = (new AnsweredQuestion[rows.Count], 0);
        foreach (var (index, row) in rows.Index())
        {
            answers[index] = decoder.Decode(row, scores.AsSpan(start, row.Windows.Count));
            start += row.Windows.Count;
        }
        return answers;
    }

    public override Delegate CreateGetter(OutputColumn column, Func<AnsweredQuestion> current) => columns.CreateGetter(column.Name, current);

    public override void CheckTraining(IReadOnlyList<SpanSequence> examples)
    {
        if (!examples.Any(example => example.HasSpan))
            throw new ArgumentException($"No row of the training set has an answer in '{columns.AnswerName}'.");
    }

    public override JsonObject ToJson()
    {
        var json = columns.ToJson();
        json["name"] = Name;
        json["max_question_length"] = limits.MaxQuestionLength;
        json["stride"] = limits.Stride;
        json["max_answer_length"] = choice.MaxAnswerLength;
        json["candidates"] = choice.Candidates;
        json["top_k"] = choice.TopK;
        json["no_answer_threshold"] = choice.NoAnswerThreshold;
        return json;
    }

    public static new QuestionAnswering FromJson(JsonNode json) => new(
        QuestionAnsweringColumns.FromJson(json),
        new((int)json["max_question_length"]!, (int?)json["stride"]),
        new((int)json["max_answer_length"]!, (int)json["candidates"]!, (int)json["top_k"]!, (double?)json["no_answer_threshold"]));

    /// <summary>Where the first of the right answers stands; null where there is none. All must stand where they are said to.</summary>
    private TextExtent? Find(long position, string context, string[] answers, int[] starts)
    {
        if (answers.All(string.IsNullOrEmpty))
            return null;
        if (answers.Length != starts.Length)
            throw new ArgumentException($"Row {position} has {answers.Length} answers in '{columns.AnswerName}' and {starts.Length} starts in '{columns.AnswerStartName}'.");
        return answers.Zip(starts)
            .Select(answer => AnswerSpan.Find(context, answer.First, answer.Second, $"The answer of row {position} in '{columns.AnswerName}',"))
            .ToArray()[0];
    }

    private static bool HasTokens(AnswerableQuestion question, TextExtent answer) =>
        question.Windows.Any(window => window.Extents.Any(token => token.Start < answer.End && token.End > answer.Start));
}

/// <summary>What of a question and a text goes into a model.</summary>
internal sealed record QuestionLimits(int MaxQuestionLength, int? Stride);
